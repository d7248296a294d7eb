package org.milena.archive.rendering;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the first octets of a picture say of it. Nothing of the picture itself is decoded.
 *
 * @param type media type, by which octets it begins with
 * @param width in pixels
 * @param height in pixels
 */
record PictureHead(String type, int width, int height) {

  long pixels() {
    return (long) width * height;
  }

  /** Empty where these octets begin no PNG, JPEG, GIF or WebP, or end before its size. */
  static Optional<PictureHead> of(byte[] octets) {
    Reader reader = new Reader(octets);
    try {
      if (reader.has(0, "\u0089PNG\r\n\u001a\n")) {
        return png(reader);
      } else if (reader.has(0, "\u00ff\u00d8\u00ff")) {
        return jpeg(reader);
      } else if (reader.has(0, "GIF87a") || reader.has(0, "GIF89a")) {
        return gif(reader);
      } else if (reader.has(0, "RIFF") && reader.has(8, "WEBP")) {
        return webp(reader);
      }
      return Optional.empty();
    } catch (IndexOutOfBoundsException _) {
      return Optional.empty(); // it ends too early
    }
  }

  /** PNG (third edition) section 11.2.1: the first chunk has the size. */
  private static Optional<PictureHead> png(Reader reader) {
    if (!reader.has(12, "IHDR")) {
      return Optional.empty();
    }
    long width = reader.big(16, 4);
    long height = reader.big(20, 4);
    return width > Integer.MAX_VALUE || height > Integer.MAX_VALUE
        ? Optional.empty()
        : Optional.of(new PictureHead("image/png", (int) width, (int) height));
  }

  /** ITU-T T.81 section B.2.2: the frame header has the size, behind any other segments. */
  private static Optional<PictureHead> jpeg(Reader reader) {
    int at = 2;
    while (true) {
      if (reader.at(at) != 0xFF) {
        return Optional.empty();
      }
      int marker = reader.at(at + 1);
      if (marker == 0xFF) {
        at++; // fills up
        continue;
      }
      boolean frame = marker >= 0xC0 && marker <= 0xCF;
      if (frame && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
        return Optional.of(
            new PictureHead(
                "image/jpeg", (int) reader.big(at + 7, 2), (int) reader.big(at + 5, 2)));
      }
      int length = (int) reader.big(at + 2, 2);
      if (marker < 0xC0 || marker == 0xD8 || marker == 0xD9 || marker == 0xDA || length < 2) {
        return Optional.empty(); // what it shows would begin before its size
      }
      at += 2 + length;
    }
  }

  /**
   * GIF89a section 18 and 20. Browsers make the canvas as large as the first image, where that is
   * larger.
   */
  private static Optional<PictureHead> gif(Reader reader) {
    int width = (int) reader.little(6, 2);
    int height = (int) reader.little(8, 2);
    int at = 13 + colours(reader.at(10));
    while (reader.at(at) == 0x21) {
      at += 2;
      while (reader.at(at) != 0) {
        at += 1 + reader.at(at);
      }
      at++;
    }
    if (reader.at(at) != 0x2C) {
      return Optional.empty(); // it shows nothing
    }
    int right = (int) (reader.little(at + 1, 2) + reader.little(at + 5, 2));
    int bottom = (int) (reader.little(at + 3, 2) + reader.little(at + 7, 2));
    return Optional.of(
        new PictureHead("image/gif", Math.max(width, right), Math.max(height, bottom)));
  }

  /** Octets of a table of colours. */
  private static int colours(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }

  /** RFC 9649 sections 2.5, 2.6 and 2.7. */
  private static Optional<PictureHead> webp(Reader reader) {
    if (reader.has(12, "VP8 ") && reader.has(23, "\u009d\u0001\u002a")) {
      return webp((int) reader.little(26, 2) & 0x3FFF, (int) reader.little(28, 2) & 0x3FFF);
    } else if (reader.has(12, "VP8L") && reader.at(20) == 0x2F) {
      long bits = reader.little(21, 4);
      return webp((int) (bits & 0x3FFF) + 1, (int) (bits >> 14 & 0x3FFF) + 1);
    } else if (reader.has(12, "VP8X")) {
      return webp((int) reader.little(24, 3) + 1, (int) reader.little(27, 3) + 1);
    }
    return Optional.empty();
  }

  private static Optional<PictureHead> webp(int width, int height) {
    return Optional.of(new PictureHead("image/webp", width, height));
  }

  /** Octets by place; a place behind the last is an {@link IndexOutOfBoundsException}. */
  private static final class Reader {
    private final byte[] octets;

    Reader(byte[] octets) {
      this.octets = octets;
    }

    int at(int place) {
      return octets[place] & 0xFF;
    }

    long big(int place, int length) {
      long value = 0;
      for (int i = 0; i < length; i++) {
        value = value << 8 | at(place + i);
      }
      return value;
    }

    long little(int place, int length) {
      long value = 0;
      for (int i = length - 1; i >= 0; i--) {
        value = value << 8 | at(place + i);
      }
      return value;
    }

    boolean has(int place, String text) {
      byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
      for (int i = 0; i < wanted.length; i++) {
        if (place + i >= octets.length || octets[place + i] != wanted[i]) {
          return false;
        }
      }
      return true;
    }
  }
}
