package org.milena.scanner.builtin.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** How the end of a file in a ZIP is found where the header does not say it. */
final class ZipStreams {

  private static final int BUFFER = 4096;

  private ZipStreams() {}

  static void skipRest(InputStream content) throws IOException {
    if (content instanceof OctetReader.Part part) {
      part.skipRest();
    } else {
      content.transferTo(OutputStream.nullOutputStream());
    }
  }

  /** Deflated octets end by themselves; gives back what it read too much. */
  static final class Inflating extends InflaterInputStream {

    private final OctetReader archive;
    private boolean done;

    Inflating(OctetReader archive) {
      super(
          new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
              return archive.read(buffer, offset, length);
            }
          },
          new Inflater(true),
          BUFFER);
      this.archive = archive;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (done) {
        return -1;
      }
      int got = super.read(buffer, offset, length);
      if (got < 0) {
        done = true;
        int rest = inf.getRemaining();
        if (rest > 0) {
          archive.unread(buf, len - rest, rest);
        }
      }
      return got;
    }

    @Override
    public void close() {
      done = true;
      inf.end(); // the archive goes on
    }
  }

  /** Octets of unknown number: up to the signature of their descriptor. */
  static final class UntilDescriptor extends InputStream {

    private final OctetReader archive;
    private final int signature;
    private int window;
    private int filled;
    private boolean done;

    UntilDescriptor(OctetReader archive, int signature) {
      this.archive = archive;
      this.signature = signature;
    }

    @Override
    public int read() throws IOException {
      while (!done && filled < 4) {
        window = (window >>> 8) | (archive.octet() << 24);
        filled++;
      }
      if (done || window == signature) {
        if (!done) {
          done = true;
          archive.unread(new byte[] {'P', 'K', 7, 8}, 0, 4);
        }
        return -1;
      }
      filled--;
      return window & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = 0;
      for (int octet; count < length && (octet = read()) >= 0; count++) {
        buffer[offset + count] = (byte) octet;
      }
      return count == 0 && length > 0 ? -1 : count;
    }
  }
}
