package dev.descent.nn.checkpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.DataException;
import dev.descent.nn.data.ElementType;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The format in its plain cases, and each thing that can be wrong with it in its own words. */
class SafeTensorsTest {
  @TempDir Path folder;

  /** A file by its parts; the header in Latin letters is one of bytes. */
  private static byte[] file(long headerLength, String header, int dataLength) {
    byte[] text = header.getBytes(ISO_8859_1);
    return ByteBuffer.allocate(8 + text.length + dataLength)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(headerLength)
        .put(text)
        .array();
  }

  private static byte[] file(String header, int dataLength) {
    return file(header.length(), header, dataLength);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                  | 0 | the header ends after 0 characters; expected '{'
          []                  | 0 | the header has '[' at character 0; expected '{'
          {                   | 0 | the header ends after 1 characters; expected a string
          {}x                 | 0 | the header has 'x' at character 2; expected the end of the header
          {"a"}               | 0 | the header has '}' at character 4; expected ':'
          {"a":1}             | 0 | the header has '1' at character 5; expected '{'
          {"a":null}          | 0 | the header has 'n' at character 5; expected '{'
          {"a":[[[[[[[[]}     | 0 | the header has '[' at character 5; expected '{'
          {"a":{}}            | 0 | the header has '}' at character 6; expected a string
          {a:1}               | 0 | the header has 'a' at character 1; expected a string
          {"a               | 0 | the header ends after 3 characters; expected more of a string, or its end
          {"\\x":{}}          | 0 | the header has 'x' at character 3; expected one of "\\/bfnrtu
          {"\\u00g0":{}}      | 0 | the header has 'g' at character 6; expected a hexadecimal digit
          {"\\ud800":{}}      | 0 | the header holds half a character in the string that ends at character 9; expected the other half
          {"\u00e9":{}}       | 0 | the header is no UTF-8 (Input length = 1); expected a safetensors file
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},} | 4 | the header has '}' at character 54; expected a string
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | 3 | 3 bytes of data; expected 4, where a ends
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | 5 | 5 bytes of data; expected 4, where a ends
          {}                  | 1 | 1 bytes of data; expected 0, where the header ends
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | 8 | a begins at byte 4 of the data; expected 0, where the header ends
          {"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}} | 6 | b begins at byte 2 of the data; expected 4, where a ends
          {"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[1],"data_offsets":[5,6]}} | 6 | b begins at byte 5 of the data; expected 4, where a ends
          {"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}} | 2 | the header names a twice, the second time at character 104; expected each name once
          {"__metadata__":{"a":"b","a":"c"}} | 0 | the header names a twice in its metadata, the second time at character 32; expected each name once
          {"__metadata__":{},"__metadata__":{}} | 0 | the header names __metadata__ twice, the second time at character 36; expected each name once
          {"__metadata__":{"a":1}} | 0 | the header has '1' at character 21; expected a string
          {"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}} | 1 | the header says that a holds F8_E4M3 at character 23; expected one of BOOL, U8, I8, I16, U16, F16, BF16, I32, U32, F32, F64, I64, U64
          {"a":{"dtype":"f32","shape":[1],"data_offsets":[0,4]}} | 4 | the header says that a holds f32 at character 19; expected one of BOOL, U8, I8, I16, U16, F16, BF16, I32, U32, F32, F64, I64, U64
          {"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}} | 4 | the header has '-' at character 29; expected a whole number >= 0
          {"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}} | 4 | the header has '.' at character 30; expected a whole number >= 0
          {"a":{"dtype":"F32","shape":[1e0],"data_offsets":[0,4]}} | 4 | the header has 'e' at character 30; expected a whole number >= 0
          {"a":{"dtype":"F32","shape":[01],"data_offsets":[0,4]}} | 4 | the header holds a number that starts with 0 at character 31; expected one without it
          {"a":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,4]}} | 4 | the header holds a number that is too large at character 47; expected at most 2^63 - 1
          {"a":{"dtype":"F32","shape":[2147483648],"data_offsets":[0,4]}} | 4 | the header gives a an axis of 2147483648, its number 1, at character 39; expected at most 64 axes of at most 2147483647
          {"a":{"dtype":"F32","shape":[65536,65536],"data_offsets":[0,0]}} | 0 | the header gives a a shape [65536, 65536] is too large; expected at most 2^31 - 1 elements, at character 41; expected fewer elements
          {"a":{"dtype":"F32","shape":[2147483647],"data_offsets":[0,8589934588]}} | 4 | 4 bytes of data; expected 8589934588, where a ends
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}} | 4 | the header gives F32 [2] the bytes from 0 to 4, at character 53; expected 8 of them, for a
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}} | 4 | the header gives F32 [1] the bytes from 4 to 0, at character 53; expected 4 of them, for a
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[9223372036854775807,3]}} | 4 | the header gives F32 [1] the bytes from 9223372036854775807 to 3, at character 71; expected 4 of them, for a
          {"a":{"dtype":"F32","shape":[1]}} | 4 | the header leaves out a part of a, which ends at character 32; expected dtype, shape and data_offsets
          {"a":{"dtype":"F32","dtype":"F32"}} | 4 | the header says dtype of a twice, the second time at character 33; expected it once
          {"a":{"type":"F32"}} | 4 | the header says type of a, at character 13; expected dtype, shape and data_offsets
          """)
  void saysWhatIsWrong(String header, int dataLength, String problem) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> SafeTensorsReader.of("file", file(header, dataLength)))
        .withMessage("file: " + problem);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 18446744073709551615",
    "9223372036854775807, 9223372036854775807",
    "3, 3",
    "100000001, 100000001"
  })
  void aHeaderIsNotLongerThanTheFile(long claimed, String shown) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> SafeTensorsReader.of("file", file(claimed, "{}", 0)))
        .withMessage(
            "file: a header of %s bytes; expected a safetensors file, here with one of at most 2"
                .formatted(shown));
  }

  /** As in the Python library: what is longer is no header, even if the file has the bytes. */
  @Test
  void aHeaderHasALimit() throws IOException {
    Path file = folder.resolve("sparse");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.write(file(100_000_001, "{}", 0));
      sparse.setLength(200_000_000);
    }
    assertThatThrownBy(() -> SafeTensorsReader.open(file))
        .hasMessageEndingWith(
            "a header of 100000001 bytes; expected a safetensors file, here with one of at most"
                + " 100000000");
  }

  @Test
  void aFileIsThere() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty"));
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> SafeTensorsReader.open(missing))
        .hasMessage(missing + ": no such file; expected a safetensors file");
    assertThatThrownBy(() -> SafeTensorsReader.open(folder))
        .hasMessage(folder + ": is no regular file; expected a safetensors file");
    assertThatThrownBy(() -> SafeTensorsReader.open(empty))
        .hasMessage(empty + ": 0 bytes; expected a safetensors file, which has 8 or more");
  }

  @Test
  void typesAreNotMixed() {
    SafeTensorsWriter writer = new SafeTensorsWriter();
    writer.put("double", Shape.SCALAR, 1.5);
    writer.put("long", Shape.SCALAR, 2L);
    writer.put("float", Tensor.scalar(3));
    try (SafeTensorsReader reader = SafeTensorsReader.of("file", writer.toBytes())) {
      assertThatThrownBy(() -> reader.tensor("double"))
          .hasMessage("file: double holds F64; expected F32, F16 or BF16");
      assertThatThrownBy(() -> reader.doubles("float"))
          .hasMessage("file: float holds F32; expected F64");
      assertThatThrownBy(() -> reader.longs("float"))
          .hasMessage("file: float holds F32; expected whole numbers");
      assertThatThrownBy(() -> reader.tensor("other"))
          .hasMessage("file: holds no tensor other; expected one of [long, double, float]");
      assertThat(reader.tensor("float").item()).isEqualTo(3);
      assertThat(reader.doubles("double")).containsExactly(1.5);
      assertThat(reader.longs("long")).containsExactly(2);
    }
  }

  /** 0x3e00 is 1.5 in float16, 0x3fc0 in bfloat16; NaN and subnormal numbers come along. */
  @Test
  void readsHalfPrecision() {
    String header =
        """
        {"h":{"dtype":"F16","shape":[3],"data_offsets":[0,6]},"b":{"dtype":"BF16","shape":[2],"data_offsets":[6,10]}}\
        """
            .strip();
    byte[] bytes = file(header, 10);
    ByteBuffer.wrap(bytes, bytes.length - 10, 10)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) 0x3e00)
        .putShort((short) 1)
        .putShort((short) 0xfc00)
        .putShort((short) 0x3fc0)
        .putShort((short) 0xc000);
    try (SafeTensorsReader reader = SafeTensorsReader.of("file", bytes)) {
      assertThat(reader.tensor("h").toArray())
          .containsExactly(1.5f, 0x1p-24f, Float.NEGATIVE_INFINITY);
      assertThat(reader.tensor("b").toArray()).containsExactly(1.5f, -2);
      assertThat(reader.type("b")).isEqualTo(ElementType.BFLOAT16);
    }
  }

  /** A tensor is written and read in pieces of a million elements. */
  @Test
  void longTensorsAreWhole() {
    float[] values = new float[(5 << 20) / 2 + 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Path file = folder.resolve("long");
    SafeTensorsWriter writer = new SafeTensorsWriter();
    writer.put("a", Tensor.of(Shape.of(values.length), values));
    writer.put("b", Tensor.scalar(5));
    writer.write(file);
    try (SafeTensorsReader reader = SafeTensorsReader.open(file)) {
      assertThat(reader.tensor("a").toArray()).isEqualTo(values);
      assertThat(reader.tensor("b").item()).isEqualTo(5);
    }
  }

  @Test
  void namesAreOnceAndText() {
    SafeTensorsWriter writer = new SafeTensorsWriter();
    writer.put("a", Tensor.scalar(1));
    writer.putMetadata("m", "1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.put("a", Tensor.scalar(2)))
        .withMessage("tensor a is there twice; expected once");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.putMetadata("m", "2"))
        .withMessage("metadata m is there twice; expected once");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.put("__metadata__", Tensor.scalar(2)))
        .withMessage("a tensor's name is __metadata__; expected another one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.put("\ud800", Tensor.scalar(2)))
        .withMessageEndingWith("holds half a character; expected Unicode");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.put("b", Shape.of(2), 1L))
        .withMessage("b of shape [2] has 1 values; expected 2");
  }
}
