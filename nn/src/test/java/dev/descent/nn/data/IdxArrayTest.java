package dev.descent.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.descent.core.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The files are written out by hand here, byte by byte, so that the writer is not its own judge.
 */
class IdxArrayTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          unsigned byte | 00000801 00000003 00 7f ff                        | 0 127 255
          byte          | 00000901 00000003 00 7f ff                        | 0 127 -1
          short         | 00000b01 00000002 0102 fffe                       | 258 -2
          int           | 00000c01 00000002 00010203 80000000               | 66051 -2147483648
          float         | 00000d01 00000002 3f800000 c0490fdb               | 1.0 -3.1415927410125732
          double        | 00000e01 00000002 3ff0000000000000 400921fb54442d18 | 1.0 3.141592653589793
          """)
  void readsAndWritesEveryElementType(String type, String hex, String values) {
    byte[] file = bytes(hex);
    double[] expected = Arrays.stream(values.split(" ")).mapToDouble(Double::parseDouble).toArray();

    IdxArray array = read(file);

    assertThat(array.type()).hasToString(type);
    assertThat(array.shape()).isEqualTo(Shape.of(expected.length));
    assertThat(array.toDoubles()).containsExactly(expected);
    assertThat(array.toBytes()).isEqualTo(file);
    assertThat(IdxArray.of(array.type(), array.shape(), expected).toBytes()).isEqualTo(file);
  }

  @Test
  void keepsDimensionsInOrderAndElementsRowByRow() {
    IdxArray array = read(bytes("00000803 00000001 00000002 00000003 01 02 03 04 05 06"));

    assertThat(array.shape()).isEqualTo(Shape.of(1, 2, 3));
    assertThat(array.toInts()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(array.toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(array.get(4)).isEqualTo(5);
  }

  @Test
  void anEmptyDimensionMeansNoElementsWhateverTheOthersClaim() {
    IdxArray array = read(bytes("00000803 7fffffff 7fffffff 00000000"));

    assertThat(array.shape().size()).isZero();
    assertThat(array.toDoubles()).isEmpty();
  }

  @Test
  void takesRowsInTheOrderGiven() {
    IdxArray array = read(bytes("00000b02 00000003 00000002 0001 0002 0003 0004 0005 0006"));

    assertThat(array.rows(2, 0, 2).shape()).isEqualTo(Shape.of(3, 2));
    assertThat(array.rows(2, 0, 2).toInts()).containsExactly(5, 6, 1, 2, 5, 6);
    assertThat(array.rows().shape()).isEqualTo(Shape.of(0, 2));
    assertThatThrownBy(() -> array.rows(3)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void tellsGzipByContentAndNotByName() throws IOException {
    byte[] plain = bytes("00000801 00000002 07 08");
    Path plainCalledGz = Files.write(directory.resolve("plain.gz"), plain);
    Path gzipCalledPlain = Files.write(directory.resolve("labels"), gzip(plain));

    assertThat(IdxArray.read(plainCalledGz).toInts()).containsExactly(7, 8);
    assertThat(IdxArray.read(gzipCalledPlain).toInts()).containsExactly(7, 8);
  }

  @Test
  void readsGzipOfSeveralMembers() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(gzip(bytes("00000801 00000002 07")));
    file.write(gzip(bytes("08")));

    assertThat(read(file.toByteArray()).toInts()).containsExactly(7, 8);
  }

  @Test
  void writesGzipWhenTheNameSaysSoAndAlwaysTheSameBytes() throws IOException {
    IdxArray array = IdxArray.of(IdxType.SHORT, Shape.of(2, 2), 1, -2, 3, -4);
    array.write(directory.resolve("a"));
    array.write(directory.resolve("a.gz"));
    array.write(directory.resolve("b.gz"));

    assertThat(directory.resolve("a")).hasBinaryContent(array.toBytes());
    assertThat(Files.readAllBytes(directory.resolve("a.gz"))).startsWith(0x1f, 0x8b);
    assertThat(directory.resolve("a.gz")).hasSameBinaryContentAs(directory.resolve("b.gz"));
    assertThat(IdxArray.read(directory.resolve("a.gz")).toInts()).containsExactly(1, -2, 3, -4);
    Path nowhere = directory.resolve("nowhere/a");
    assertProblem(() -> array.write(nowhere), nowhere + ": cannot be written: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                           | ends after 0 bytes; expected an IDX file
          000008                       | ends after 3 bytes; expected an IDX file
          00000802 00000001            | ends after 8 bytes; expected an IDX file
          00000801 00000003 01 02      | ends after 10 bytes; expected 11 bytes for unsigned byte [3]
          00000801 00000001 01 02 03   | 11 bytes; expected 9 bytes for unsigned byte [1]
          89504e47 0d0a1a0a            | magic number 0x89504e47; expected 0x0000 with type and number of dimensions
          00010801 00000001 01         | magic number 0x00010801; expected 0x0000 with type and number of dimensions
          00000a01 00000001 01         | element type 0x0a; expected 0x08 (unsigned byte), 0x09 (byte), 0x0b (short), 0x0c (int), 0x0d (float), 0x0e (double)
          0000f801 00000001 01         | element type 0xf8; expected 0x08 (unsigned byte), 0x09 (byte), 0x0b (short), 0x0c (int), 0x0d (float), 0x0e (double)
          00000800 01                  | 0 dimensions; expected 1 to 255
          00000802 00000001 ffffffff   | length 4294967295 of dimension 2 of 2; expected 0 to 2147483647
          00000c01 7fffffff            | dimensions [2147483647] of type int; expected at most 2147483639 bytes of data
          00000e03 7fffffff 7fffffff 7fffffff | dimensions [2147483647, 2147483647, 2147483647] of type double; expected at most 2147483639 bytes of data
          """)
  void namesFileFindingAndExpectation(String hex, String problem) throws IOException {
    Path file = Files.write(directory.resolve("bad"), bytes(hex));
    assertThatThrownBy(() -> IdxArray.read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": " + problem);
  }

  @Test
  void namesMissingFilesAndDirectories() {
    Path missing = directory.resolve("missing");
    assertProblem(() -> IdxArray.read(missing), missing + ": no such file; expected an IDX file");
    assertProblem(
        () -> IdxArray.read(directory), directory + ": is a directory; expected an IDX file");
  }

  @Test
  void namesTruncatedGzip() throws IOException {
    byte[] file = gzip(bytes("00000801 00000004 01 02 03 04"));
    byte[] noTrailer = Arrays.copyOf(file, file.length - 8);
    byte[] short_ = gzip(bytes("00000801 00000004 01 02 03"));

    assertProblem(
        () -> read(noTrailer),
        "test: gzip data end after 12 unpacked bytes; expected 12 bytes for unsigned byte [4]");
    assertProblem(
        () -> read(short_),
        "test: gzip data end after 11 unpacked bytes; expected 12 bytes for unsigned byte [4]");
    assertProblem(() -> read(bytes("1f8b")), "test: gzip data end after 0 unpacked bytes");
  }

  @Test
  void namesCorruptGzip() throws IOException {
    byte[] wrongChecksum = gzip(bytes("00000801 00000004 01 02 03 04"));
    wrongChecksum[wrongChecksum.length - 8] ^= 1;
    byte[] wrongMethod = gzip(bytes("00000801 00000004 01 02 03 04"));
    wrongMethod[2] = 7;

    assertProblem(
        () -> read(wrongChecksum),
        "test: corrupt gzip data (Corrupt GZIP trailer) after 12 unpacked bytes");
    assertProblem(() -> read(wrongMethod), "test: corrupt gzip data (Unsupported compression");
  }

  @ParameterizedTest
  @CsvSource({
    "00000801 7ffffff0 01020304", // 2^31 - 16 bytes in a file of 12
    "00000e02 00004000 00003fff 01", // 2^28 doubles in a file of 13
  })
  void hostileHeaderCostsNoMemory(String hex) throws IOException {
    byte[] file = bytes(hex);
    byte[] packed = gzip(file);
    assertThat(allocatedBy(() -> assertProblem(() -> read(file), "ends after")))
        .isLessThan(1 << 20);
    assertThat(allocatedBy(() -> assertProblem(() -> read(packed), "end after")))
        .isLessThan(1 << 20);
  }

  @Test
  void refusesWhatATypeCannotHold() {
    assertRefused(IdxType.UNSIGNED_BYTE, 256);
    assertRefused(IdxType.UNSIGNED_BYTE, -1);
    assertRefused(IdxType.UNSIGNED_BYTE, 0.5);
    assertRefused(IdxType.BYTE, 128);
    assertRefused(IdxType.SHORT, 32768);
    assertRefused(IdxType.INT, 2147483648.0);
    assertRefused(IdxType.INT, Double.NaN);
    assertRefused(IdxType.FLOAT, Math.PI);
    assertThat(IdxArray.of(IdxType.FLOAT, Shape.of(1), Double.NaN).get(0)).isNaN();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IdxArray.of(IdxType.INT, Shape.of(2), 1))
        .withMessage("int [2] got 1 values; expected 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IdxArray.of(IdxType.INT, Shape.SCALAR, 1))
        .withMessage("int [] has 0 dimensions; expected 1 to 255");
  }

  @Test
  void refusesToCutFractionsOff() {
    IdxArray array = IdxArray.of(IdxType.FLOAT, Shape.of(1), 1.5);
    assertProblem(array::toInts, "float [1]: holds elements of type float; expected whole numbers");
  }

  private static void assertRefused(IdxType type, double value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IdxArray.of(type, Shape.of(1), value))
        .withMessage("value 0 is " + value + "; expected one that is a " + type);
  }

  private static void assertProblem(Runnable action, String message) {
    assertThatThrownBy(action::run)
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message)
        .extracting(Throwable::getMessage)
        .asString()
        .hasLineCount(1);
  }

  private static long allocatedBy(Runnable action) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    action.run(); // once before, so that loading classes does not count
    long before = threads.getCurrentThreadAllocatedBytes();
    action.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static IdxArray read(byte[] file) {
    return IdxArray.read("test", new ByteArrayInputStream(file));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }
}
