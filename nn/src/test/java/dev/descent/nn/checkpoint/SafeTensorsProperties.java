package dev.descent.nn.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.Hostile;
import dev.descent.nn.data.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/** Whatever is in a file, the reader copes: see {@link Hostile#isGood}. */
class SafeTensorsProperties {
  private static final int FILES_FOR_EACH_SEED = 100;

  private static final List<String> WORDS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "\\u",
          "\\ud800",
          "\\u0000",
          "null",
          "-1",
          "0",
          "00",
          "1e9",
          "0.5",
          "9223372036854775807",
          "9223372036854775808",
          "2147483647",
          "2147483648",
          "99999999999999999999",
          "[[[[[[[[",
          "{\"a\":{\"a\":{",
          "\"F32\"",
          "\"F64\"",
          "\"I64\"",
          "\"U8\"",
          "\"BOOL\"",
          "\"F8_E4M3\"",
          "\"dtype\":",
          "\"shape\":[0],",
          "\"shape\":[],",
          "\"data_offsets\":[0,0]",
          "\"__metadata__\":{\"a\":\"b\"},",
          "\"__metadata__\"",
          "\u00c3(",
          "\u00ff",
          "\u00ed\u00a0\u0080",
          "\u0000",
          " ",
          "\n",
          "true",
          "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},");

  private static final byte[] FILE = file();

  private static byte[] file() {
    SafeTensorsWriter writer = new SafeTensorsWriter();
    writer.putMetadata("format", "pt");
    writer.put("a", Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6));
    writer.put("b", Tensor.of(Shape.of(2), 7, 8));
    writer.put("c \"\\\u00e9\ud83d\ude00", Shape.SCALAR, 9L);
    writer.put("d", Shape.of(0, 4), new double[0]);
    return writer.toBytes();
  }

  private static void readAll(byte[] file) {
    try (SafeTensorsReader reader = SafeTensorsReader.of("file", file)) {
      for (String name : reader.names()) {
        switch (reader.type(name)) {
          case FLOAT16, BFLOAT16, FLOAT32 -> reader.tensor(name);
          case FLOAT64 -> reader.doubles(name);
          default -> reader.longs(name);
        }
      }
    }
  }

  private static int goodAmongDamaged(long seed) {
    RandomStream random = RandomStream.of(seed, "damage");
    int good = 0;
    for (int i = 0; i < FILES_FOR_EACH_SEED; i++) {
      byte[] file = Hostile.damaged(FILE, WORDS, random);
      if (random.nextInt(2) == 0) {
        // Most changes of the header's text are of its length, too, and nothing else would be seen.
        fitLength(file);
      }
      good += Hostile.isGood(file, Hostile.PLAIN, SafeTensorsProperties::readAll) ? 1 : 0;
    }
    return good;
  }

  private static void fitLength(byte[] file) {
    int dataLength = FILE.length - 8 - headerLength(FILE);
    if (file.length >= 8 + dataLength) {
      ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(0, file.length - 8 - dataLength);
    }
  }

  private static int headerLength(byte[] file) {
    return (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void copesWithDamage(@ForAll long seed) {
    goodAmongDamaged(seed);
  }

  /** Ten million files. */
  @Property(tries = 100_000, shrinking = ShrinkingMode.OFF)
  @Tag("exhaustive")
  void copesWithMuchDamage(@ForAll long seed) {
    goodAmongDamaged(seed);
  }

  /** Otherwise the properties above would look at the first check and no other. */
  @Example
  void someDamageIsNone() {
    int good = 0;
    for (long seed = 0; seed < 20; seed++) {
      good += goodAmongDamaged(seed);
    }
    assertThat(good).isBetween(20, 1500);
  }

  /** What is written is read: the same names, types, shapes and bits, in the same bytes again. */
  @Property(tries = 200)
  void whatIsWrittenIsRead(@ForAll List<String> names, @ForAll long seed) {
    RandomStream random = RandomStream.of(seed, "tensors");
    SafeTensorsWriter writer = new SafeTensorsWriter();
    SafeTensorsWriter again = new SafeTensorsWriter();
    List<String> distinct =
        names.stream()
            .filter(name ->
                !name.equals("__metadata__")
                    && name.equals(new String(name.getBytes(UTF_8), UTF_8)))
            .distinct()
            .toList();
    for (String name : distinct) {
      put(writer, name, random);
    }
    byte[] file = writer.toBytes();
    try (SafeTensorsReader reader = SafeTensorsReader.of("file", file)) {
      assertThat(reader.names()).containsExactlyInAnyOrderElementsOf(distinct);
      for (String name : reader.names()) {
        if (reader.type(name) == ElementType.FLOAT32) {
          again.put(name, reader.tensor(name));
        } else if (reader.type(name) == ElementType.INT64) {
          again.put(name, reader.shape(name), reader.longs(name));
        } else {
          again.put(name, reader.shape(name), reader.doubles(name));
        }
      }
    }
    assertThat(again.toBytes()).isEqualTo(file);
    assertThat((headerLength(file) + 8) % 8).isZero();
  }

  /** Any bits, those of NaN included. */
  private static void put(SafeTensorsWriter writer, String name, RandomStream random) {
    Shape shape = Shape.of(random.nextInt(3), 1 + random.nextInt(4));
    switch (random.nextInt(3)) {
      case 0 -> {
        float[] values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = Float.intBitsToFloat((int) random.nextLong());
        }
        writer.put(name, Tensor.of(shape, values));
      }
      case 1 -> {
        double[] values = new double[shape.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = Double.longBitsToDouble(random.nextLong());
        }
        writer.put(name, shape, values);
      }
      default -> {
        long[] values = new long[shape.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = random.nextLong();
        }
        writer.put(name, shape, values);
      }
    }
  }
}
