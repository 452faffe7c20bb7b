package dev.descent.nn.data;

import dev.descent.core.tensor.Shape;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one IDX stream and trusts nothing in it. The state is how far it got, so that an error can
 * say it.
 */
final class IdxReader {
  /** A hostile header costs no more memory than this before the data run out. */
  private static final int FIRST_CHUNK = 1 << 16;

  /** The longest array that common virtual machines allow. */
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final String source;
  private boolean gzip;
  private String expected = "an IDX file";
  private long position;

  IdxReader(String source) {
    this.source = source;
  }

  IdxArray read(InputStream raw) {
    try (PushbackInputStream file = new PushbackInputStream(raw, 2);
        InputStream in = unpacked(file)) {
      return read(in, readHeader(in));
    } catch (EOFException e) {
      throw truncated(e);
    } catch (ZipException e) {
      throw problem(
          "corrupt gzip data (%s) after %d unpacked bytes; expected an undamaged file"
              .formatted(e.getMessage(), position),
          e);
    } catch (IOException e) {
      throw new DataException(source, "cannot be read: " + e.getMessage(), e);
    }
  }

  private InputStream unpacked(PushbackInputStream file) throws IOException {
    byte[] start = file.readNBytes(2);
    file.unread(start);
    gzip = start.length == 2 && start[0] == 0x1f && start[1] == (byte) 0x8b;
    return gzip ? new GZIPInputStream(file, FIRST_CHUNK) : file;
  }

  private record Header(IdxType type, Shape shape) {
    int bytes() {
      return shape.size() * type.bytes();
    }
  }

  private Header readHeader(InputStream in) throws IOException {
    byte[] magic = readFully(in, 4);
    if (magic[0] != 0 || magic[1] != 0) {
      throw problem(
          "magic number 0x%02x%02x%02x%02x; expected 0x0000 with type and number of dimensions"
              .formatted(magic[0], magic[1], magic[2], magic[3]),
          null);
    }
    IdxType type =
        IdxType.ofCode(magic[2])
            .orElseThrow(() ->
                problem(
                    "element type 0x%02x; expected ".formatted(magic[2]) + IdxType.known(), null));
    int rank = magic[3] & 0xff;
    if (rank == 0) {
      throw problem("0 dimensions; expected 1 to 255", null);
    }
    int[] lengths = new int[rank];
    for (int i = 0; i < rank; i++) {
      lengths[i] = readLength(in, i, rank);
    }
    checkSize(type, lengths);
    Header header = new Header(type, Shape.of(lengths));
    expected = position + header.bytes() + " bytes for " + type + " " + header.shape();
    return header;
  }

  private int readLength(InputStream in, int dimension, int rank) throws IOException {
    int length = ByteBuffer.wrap(readFully(in, Integer.BYTES)).getInt();
    if (length < 0) {
      throw problem(
          "length %d of dimension %d of %d; expected 0 to %d"
              .formatted(Integer.toUnsignedLong(length), dimension + 1, rank, Integer.MAX_VALUE),
          null);
    }
    return length;
  }

  private void checkSize(IdxType type, int[] lengths) {
    long bytes = Arrays.stream(lengths).anyMatch(length -> length == 0) ? 0 : type.bytes();
    for (int length : lengths) {
      bytes *= length;
      if (bytes > LONGEST_ARRAY) {
        throw problem(
            "dimensions %s of type %s; expected at most %d bytes of data"
                .formatted(Arrays.toString(lengths), type, LONGEST_ARRAY),
            null);
      }
    }
  }

  private IdxArray read(InputStream in, Header header) throws IOException {
    byte[] data = readFully(in, header.bytes());
    // Reading on to the end is also what makes gzip compare its checksum.
    long rest = in.transferTo(OutputStream.nullOutputStream());
    if (rest > 0) {
      throw problem((position + rest) + " bytes; expected " + expected, null);
    }
    return new IdxArray(source, header.type(), header.shape(), data);
  }

  /** Reads that many bytes, in an array that at most doubles with what has arrived. */
  private byte[] readFully(InputStream in, int length) throws IOException {
    byte[] bytes = new byte[Math.min(length, FIRST_CHUNK)];
    int read = 0;
    while (read < length) {
      if (read == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * read));
      }
      int more = in.read(bytes, read, bytes.length - read);
      if (more < 0) {
        throw truncated(null);
      }
      read += more;
      position += more;
    }
    return bytes;
  }

  private DataException truncated(@Nullable Throwable cause) {
    String end = gzip ? "gzip data end after " + position + " unpacked" : "ends after " + position;
    return problem(end + " bytes; expected " + expected, cause);
  }

  private DataException problem(String problem, @Nullable Throwable cause) {
    return new DataException(source, problem, cause);
  }
}
