package dev.descent.nn.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.Hostile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Arrays of NumPy, as arrays.py had it write them, and files that are none. */
class NpyArrayTest {
  private static final double[] WHOLE = {0, 1, 2, 3, 100, 7};
  private static final double[] QUARTERS = {-1, -0.75, -0.5, -0.25, 24, 0.75};

  @TempDir Path folder;

  private static InputStream resource(String name) {
    return NpyArrayTest.class.getResourceAsStream(name);
  }

  private static byte[] bytes(String name) {
    try (InputStream in = resource(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static NpyArray read(byte... file) {
    return NpyArray.read("file", new ByteArrayInputStream(file));
  }

  private static final SequencedMap<String, NpyArray> ARRAYS =
      Npz.read("arrays.npz", resource("arrays.npz"));

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BFLOAT16")
  void readsEachType(ElementType type) {
    NpyArray array = ARRAYS.get(type.toString());
    double[] expected =
        switch (type) {
          case BOOLEAN -> new double[] {0, 1, 1, 1, 1, 1};
          case FLOAT16, FLOAT32, FLOAT64 -> QUARTERS;
          default -> WHOLE;
        };
    assertThat(array.elementType()).isEqualTo(type);
    assertThat(array.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(array.toDoubles()).isEqualTo(expected);
    for (int i = 0; i < 6; i++) {
      assertThat(array.toFloats()[i]).isEqualTo((float) expected[i]);
    }
    if (type.isWhole()) {
      assertThat(array.toInts())
          .isEqualTo(Arrays.stream(expected).mapToInt(x -> (int) x).toArray());
    }
  }

  @Test
  void readsOtherOrdersAndShapes() {
    assertThat(ARRAYS.get("big").toDoubles()).isEqualTo(QUARTERS);
    assertThat(ARRAYS.get("big").elementType()).isEqualTo(ElementType.FLOAT32);
    assertThat(ARRAYS.get("columns").toDoubles()).isEqualTo(WHOLE);
    assertThat(ARRAYS.get("cube").shape()).isEqualTo(Shape.of(2, 3, 4));
    for (int i = 0; i < 24; i++) {
      assertThat(ARRAYS.get("cube").get(i)).isEqualTo(i);
    }
    assertThat(ARRAYS.get("scalar").shape()).isEqualTo(Shape.SCALAR);
    assertThat(ARRAYS.get("scalar").get(0)).isEqualTo(2.5);
    assertThat(ARRAYS.get("line").toInts()).containsExactly(0, 1, 2, 3, 4);
    assertThat(ARRAYS.get("empty").toTensor().shape()).isEqualTo(Shape.of(0, 3));
    assertThat(read(bytes("version2.npy")).toInts()).containsExactly(0, 1, 2, 3, 4);
    assertThat(Npz.read("file", resource("compressed.npz"))).containsOnlyKeys("line", "cube");
  }

  /** 2^53 + 1 is no double: it becomes the nearest. Unsigned numbers stay so. */
  @Test
  void largeNumbersAreTheNearest() {
    NpyArray large = ARRAYS.get("large");
    assertThat(large.toDoubles()).containsExactly(0x1p64, 0x1p63, 0x1p53);
    assertThat(large.toFloats()).containsExactly(0x1p64f, 0x1p63f, 0x1p53f);
    assertThatThrownBy(large::toInts)
        .hasMessage(
            "arrays.npz, large: element 0 is 18446744073709552000; expected one of 32 bits");
    assertThatThrownBy(() -> ARRAYS.get("float32").toInts())
        .hasMessage("arrays.npz, float32: holds elements of type float32; expected whole numbers");
  }

  @Test
  void writesTheBytesOfNumPy() {
    Shape shape = Shape.of(2, 3);
    float[] quarters = {-1, -0.75f, -0.5f, -0.25f, 24, 0.75f};
    assertThat(NpyArray.of(Tensor.of(shape, quarters)).toBytes()).isEqualTo(bytes("float32.npy"));
    assertThat(NpyArray.of(ElementType.FLOAT32, shape, QUARTERS).toBytes())
        .isEqualTo(bytes("float32.npy"));
  }

  @Test
  void filesAreReadAsTheyWereWritten() {
    Path file = folder.resolve("arrays.npz");
    Npz.write(file, ARRAYS);
    Map<String, NpyArray> again = Npz.read(file);
    assertThat(List.copyOf(again.keySet())).isEqualTo(List.copyOf(ARRAYS.keySet()));
    again.forEach((name, array) -> {
      NpyArray before = ARRAYS.get(name);
      assertThat(array.shape()).isEqualTo(before.shape());
      assertThat(array.elementType()).isEqualTo(before.elementType());
      assertThat(array.toDoubles()).isEqualTo(before.toDoubles());
    });
    Path single = folder.resolve("line.npy");
    ARRAYS.get("line").write(single);
    assertThat(NpyArray.read(single)).hasToString("int32 [5] from " + single);
  }

  @Test
  void holdsWhatTheTypeCan() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NpyArray.of(ElementType.UINT8, Shape.of(2), 1, 256))
        .withMessage("value 1 is 256.0; expected one that is a uint8");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NpyArray.of(ElementType.UINT8, Shape.of(2), 1))
        .withMessage("uint8 [2] got 1 values; expected 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NpyArray.of(ElementType.BFLOAT16, Shape.of(1), 1))
        .withMessage("NumPy has no bfloat16; expected another type");
    double[] ends = {0x1.fffffffffffffp63, 0, 0x1p63};
    assertThat(NpyArray.of(ElementType.UINT64, Shape.of(3), ends).toDoubles()).isEqualTo(ends);
  }

  private static byte[] file(String header, int dataLength) {
    String start = "\u0093NUMPY\u0001\u0000" + (char) header.length() + "\u0000";
    byte[] text = (start + header).getBytes(ISO_8859_1);
    return Arrays.copyOf(text, text.length + dataLength);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'descr': '<f4', 'fortran_order': False, 'shape': (3,)} | 11 | holds 11 bytes of data; expected 12, for float32 [3]
          {'descr': '<f4', 'fortran_order': False, 'shape': (3,)} | 13 | holds 13 bytes of data; expected 12, for float32 [3]
          {'descr': '<f4', 'fortran_order': False, 'shape': (2147483647,)} | 4 | holds float32 [2147483647]; expected at most 2147483639 bytes of data
          {'descr': '<f4', 'fortran_order': False, 'shape': (99999, 99999)} | 4 | has the shape (99999, 99999); expected at most 64 axes, and fewer than 2^31 elements
          {'descr': '<f4', 'fortran_order': False, 'shape': (9999999999,)} | 4 | has the shape (9999999999,); expected at most 64 axes, and fewer than 2^31 elements
          {'descr': '<f4', 'fortran_order': False, 'shape': (-1,)} | 4 | has the header {'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}; expected one like {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }
          {'descr': '<f4', 'shape': (1,)} | 4 | has no right fortran_order in its header {'descr': '<f4', 'shape': (1,)}; expected descr, fortran_order and shape
          {'descr': '<f4', 'descr': '<f4'} | 4 | says descr twice; expected it once
          {'descr': (3,), 'fortran_order': False, 'shape': (1,)} | 4 | has no right descr in its header {'descr': (3,), 'fortran_order': False, 'shape': (1,)}; expected descr, fortran_order and shape
          {'descr': '<O8', 'fortran_order': False, 'shape': (1,)} | 8 | holds elements of type <O8; expected b1, i1 to i8, u1 to u8, or f2 to f8
          {'descr': '<c8', 'fortran_order': False, 'shape': (1,)} | 8 | holds elements of type <c8; expected b1, i1 to i8, u1 to u8, or f2 to f8
          {'descr': '<V2', 'fortran_order': False, 'shape': (1,)} | 2 | holds elements of type <V2; expected b1, i1 to i8, u1 to u8, or f2 to f8
          """)
  void saysWhatIsWrong(String header, int dataLength, String problem) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> read(file(header, dataLength)))
        .withMessage("file: " + problem);
  }

  @Test
  void saysWhatIsNoFileOfThisKind() {
    assertThatThrownBy(() -> read("\u0093NUMPX\u0001\u0000".getBytes(ISO_8859_1)))
        .hasMessage("file: does not start with 0x93 NUMPY; expected a .npy file");
    assertThatThrownBy(() -> read("\u0093NUMPY\u0009\u0000".getBytes(ISO_8859_1)))
        .hasMessage("file: has version 9.0; expected 1.0, 2.0 or 3.0");
    assertThatThrownBy(
            () -> read("\u0093NUMPY\u0002\u0000\uffff\u00ff\u00ff\u00ff".getBytes(ISO_8859_1)))
        .hasMessage("file: has a header of 4294967103 bytes; expected at most 10000");
    assertThatThrownBy(() -> Npz.read("file", new ByteArrayInputStream(new byte[10])))
        .hasMessage("file: holds no arrays; expected a .npz file");
  }

  @Test
  void namesInAnNpzAreOnceAndArrays() {
    byte[] good = bytes("arrays.npz");
    byte[] other =
        new String(good, ISO_8859_1).replace("int8.npy", "int8.txt").getBytes(ISO_8859_1);
    assertThatThrownBy(() -> Npz.read("file", new ByteArrayInputStream(other)))
        .hasMessage("file: holds a file int8.txt; expected .npy files only");
    byte[] twice =
        new String(good, ISO_8859_1).replace("int16.npy", "int32.npy").getBytes(ISO_8859_1);
    assertThatThrownBy(() -> Npz.read("file", new ByteArrayInputStream(twice)))
        .hasMessage("file: holds two arrays int32; expected one");
  }

  private static final List<String> WORDS =
      List.of(
          "{",
          "}",
          "(",
          ")",
          "'",
          ",",
          ":",
          "'descr'",
          "'shape'",
          "True",
          "False",
          "'>f8'",
          "'|u1'",
          "(0,)",
          "()",
          "(2147483647,)",
          "(1, 1, 1, 1, 1, 1)",
          "-1",
          "99999999999",
          "\u0000",
          "\n");

  /** Nothing that a damaged file says is believed. */
  @Test
  void copesWithDamage() throws IOException {
    SequencedMap<String, NpyArray> two = new LinkedHashMap<>();
    two.put("line", ARRAYS.get("line"));
    two.put("cube", ARRAYS.get("cube"));
    Path npz = folder.resolve("two.npz");
    Npz.write(npz, two);
    byte[] array = ARRAYS.get("columns").toBytes();
    byte[] arrays = Files.readAllBytes(npz);
    RandomStream random = RandomStream.of(1, "damage");
    int good = 0;
    for (int i = 0; i < 20_000; i++) {
      good +=
          Hostile.isGood(
                  Hostile.damaged(array, WORDS, random), Hostile.PLAIN, NpyArrayTest::readAll)
              ? 1
              : 0;
      Hostile.isGood(
          Hostile.damaged(arrays, WORDS, random),
          Hostile.COMPRESSED,
          file -> Npz.read("file", new ByteArrayInputStream(file)));
    }
    assertThat(good).isBetween(100, 19_000);
  }

  private static void readAll(byte[] file) {
    read(file).toDoubles();
  }
}
