package org.milena.archive.rendering;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Small pictures of every kind that is shown. */
public final class SamplePictures {
  private static final String LOSSY_WEBP =
      "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA";
  private static final String LOSSLESS_WEBP = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==";

  /**
   * @param form {@code png}, {@code jpg} or {@code gif}
   */
  static byte[] of(String form, int width, int height) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try {
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      if (!ImageIO.write(image, form, octets)) {
        throw new IllegalArgumentException("nothing writes " + form);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return octets.toByteArray();
  }

  static byte[] png() {
    return of("png", 3, 2);
  }

  /** With so many octets behind its end, which browsers pass over. */
  public static byte[] pngOf(int octets) {
    return Arrays.copyOf(png(), octets);
  }

  /** A head of a picture without its rest. */
  static byte[] pngHead(int width, int height) {
    byte[] head = png();
    for (int i = 0; i < 4; i++) {
      head[16 + i] = (byte) (width >>> (24 - 8 * i));
      head[20 + i] = (byte) (height >>> (24 - 8 * i));
    }
    return head;
  }

  static byte[] lossyWebp() {
    return Base64.getDecoder().decode(LOSSY_WEBP);
  }

  static byte[] losslessWebp() {
    return Base64.getDecoder().decode(LOSSLESS_WEBP);
  }

  /** Extended WebP, its head only: one with room for animation. */
  static byte[] extendedWebp(int width, int height) {
    byte[] head = Arrays.copyOf("RIFF....WEBPVP8X".getBytes(StandardCharsets.US_ASCII), 30);
    for (int i = 0; i < 3; i++) {
      head[24 + i] = (byte) ((width - 1) >>> (8 * i));
      head[27 + i] = (byte) ((height - 1) >>> (8 * i));
    }
    return head;
  }

  private SamplePictures() {}
}
