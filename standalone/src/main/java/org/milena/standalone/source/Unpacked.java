package org.milena.standalone.source;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/** Files as their content, unpacked where they are gzip (RFC 1952). */
final class Unpacked {

  /**
   * A file.
   *
   * @param progress is told how many octets of the file itself were read
   * @throws UnfitSourceException when it is empty, or packed otherwise
   */
  static InputStream open(Path file, LongConsumer progress) throws IOException {
    return open(Files.newInputStream(file), file.toString(), progress);
  }

  static InputStream open(InputStream from, String name, LongConsumer progress) throws IOException {
    BufferedInputStream in = new BufferedInputStream(new Counting(from, progress), 64 << 10);
    in.mark(8);
    byte[] magic = in.readNBytes(6);
    in.reset();
    if (magic.length == 0) {
      in.close();
      throw new UnfitSourceException(name + " is empty.");
    }
    if (starts(magic, 0x1f, 0x8b)) {
      return new BufferedInputStream(new GZIPInputStream(in, 64 << 10), 64 << 10);
    }
    if (starts(magic, 0xfd, '7', 'z', 'X', 'Z')
        || starts(magic, 'B', 'Z', 'h')
        || starts(magic, 0x28, 0xb5, 0x2f, 0xfd)
        || starts(magic, 'P', 'K', 3, 4)) {
      in.close();
      throw new UnfitSourceException(name + " is packed, and not with gzip: unpack it first.");
    }
    return in;
  }

  private static boolean starts(byte[] octets, int... with) {
    for (int i = 0; i < with.length; i++) {
      if (i >= octets.length || (octets[i] & 0xff) != with[i]) {
        return false;
      }
    }
    return true;
  }

  private static final class Counting extends FilterInputStream {
    private final LongConsumer progress;
    private long count;

    Counting(InputStream in, LongConsumer progress) {
      super(in);
      this.progress = progress;
    }

    @Override
    public int read() throws IOException {
      int octet = super.read();
      tell(octet < 0 ? 0 : 1);
      return octet;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
      int count = super.read(octets, offset, length);
      tell(Math.max(count, 0));
      return count;
    }

    private void tell(int more) {
      count += more;
      progress.accept(count);
    }
  }

  private Unpacked() {}
}
