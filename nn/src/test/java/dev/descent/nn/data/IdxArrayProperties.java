package dev.descent.nn.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;

/** What holds for every array, and for every file however it was damaged. */
class IdxArrayProperties {

  @Property
  void whatIsWrittenIsRead(@ForAll("arrays") IdxArray array, @ForAll boolean compressed) {
    byte[] file = compressed ? gzip(array.toBytes()) : array.toBytes();

    IdxArray read = IdxArray.read("test", new ByteArrayInputStream(file));

    assertThat(read.type()).isEqualTo(array.type());
    assertThat(read.shape()).isEqualTo(array.shape());
    assertThat(read.toDoubles()).containsExactly(array.toDoubles());
  }

  @Property(tries = 20_000)
  void damagedFilesGiveAnArrayOrOneClearLine(
      @ForAll("arrays") IdxArray array,
      @ForAll boolean compressed,
      @ForAll("damages") @Size(min = 1, max = 4) List<UnaryOperator<byte[]>> damages) {
    byte[] file = compressed ? gzip(array.toBytes()) : array.toBytes();
    for (UnaryOperator<byte[]> damage : damages) {
      file = damage.apply(file);
    }
    try {
      IdxArray read = IdxArray.read("test", new ByteArrayInputStream(file));
      assertThat(read.toDoubles()).hasSize(read.shape().size());
      Statistics.label("outcome").collect("an array");
    } catch (DataException e) {
      assertThat(e).message().startsWith("test: ").hasLineCount(1);
      Statistics.label("outcome").collect("refused");
    }
  }

  @Provide
  Arbitrary<IdxArray> arrays() {
    Arbitrary<int[]> lengths =
        Arbitraries.integers().between(0, 5).array(int[].class).ofMinSize(1).ofMaxSize(4);
    return Combinators.combine(Arbitraries.of(IdxType.class), lengths)
        .flatAs((type, axes) -> {
          Shape shape = Shape.of(axes);
          return values(type)
              .array(double[].class)
              .ofSize(shape.size())
              .map(values -> IdxArray.of(type, shape, values));
        });
  }

  private static Arbitrary<Double> values(IdxType type) {
    return switch (type) {
      case UNSIGNED_BYTE -> Arbitraries.integers().between(0, 255).map(i -> (double) i);
      case BYTE -> Arbitraries.bytes().map(i -> (double) i);
      case SHORT -> Arbitraries.shorts().map(i -> (double) i);
      case INT -> Arbitraries.integers().map(i -> (double) i);
      case FLOAT -> Arbitraries.floats().map(i -> (double) i);
      case DOUBLE -> Arbitraries.doubles();
    };
  }

  /** Positions wrap around the file's length; the header is hit as often as all the rest. */
  @Provide
  Arbitrary<List<UnaryOperator<byte[]>>> damages() {
    Arbitrary<Integer> position =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 20), Arbitraries.integers().between(0, 6000));
    Arbitrary<UnaryOperator<byte[]>> overwrite =
        Combinators.combine(position, Arbitraries.bytes())
            .as((at, value) ->
                file -> {
                  byte[] changed = file.clone();
                  if (changed.length > 0) {
                    changed[at % changed.length] = value;
                  }
                  return changed;
                });
    Arbitrary<UnaryOperator<byte[]>> cut =
        position.map(at -> file -> Arrays.copyOf(file, at % (file.length + 1)));
    Arbitrary<UnaryOperator<byte[]>> insert =
        Combinators.combine(position, Arbitraries.bytes().array(byte[].class).ofMaxSize(9))
            .as((at, extra) ->
                file -> {
                  int start = at % (file.length + 1);
                  ByteArrayOutputStream changed = new ByteArrayOutputStream();
                  changed.write(file, 0, start);
                  changed.writeBytes(extra);
                  changed.write(file, start, file.length - start);
                  return changed.toByteArray();
                });
    return Arbitraries.oneOf(List.of(overwrite, cut, insert)).list();
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return packed.toByteArray();
  }
}
