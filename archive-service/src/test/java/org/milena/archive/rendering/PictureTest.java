package org.milena.archive.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {

  static Stream<Arguments> pictures() {
    return Stream.of(
        arguments(SamplePictures.of("png", 300, 7), "image/png", 300, 7),
        arguments(SamplePictures.of("jpg", 300, 7), "image/jpeg", 300, 7),
        arguments(SamplePictures.of("gif", 300, 7), "image/gif", 300, 7),
        arguments(SamplePictures.lossyWebp(), "image/webp", 1, 1),
        arguments(SamplePictures.losslessWebp(), "image/webp", 1, 1),
        arguments(SamplePictures.extendedWebp(70_000, 3), "image/webp", 70_000, 3));
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void readsTypeAndSize(byte[] octets, String type, int width, int height) {
    assertThat(PictureHead.of(octets)).contains(new PictureHead(type, width, height));
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void takesNoneThatEndsBeforeItsSize(byte[] octets, String type, int width, int height) {
    for (int length = 0; length < 10; length++) {
      assertThat(PictureHead.of(Arrays.copyOf(octets, length)))
          .as("%d octets of %s, %d x %d", length, type, width, height)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void neverThrows(byte[] octets, String type, int width, int height) {
    Random random = new Random(width * 31L + height + type.hashCode());
    for (int i = 0; i < 2000; i++) {
      byte[] broken = Arrays.copyOf(octets, random.nextInt(octets.length + 1));
      for (int j = 0; j < 4 && broken.length > 0; j++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      assertThat(Picture.of(broken))
          .satisfiesAnyOf(
              picture -> assertThat(picture).isEmpty(),
              picture ->
                  assertThat(picture.orElseThrow().pixels()).isBetween(1L, Picture.MAX_PIXELS));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        "<html><script>alert(1)</script>",
        "BM....",
        "II*\0",
        "\0\0\1\0\1\0",
        "RIFF....WAVE",
        "GIF89a",
        "%PDF-1.7",
      })
  void takesNothingElse(String content) {
    assertThat(Picture.of(content.getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
  }

  @Test
  void takesNoPictureThatClaimsMorePixelsThanAPageCanBear() {
    assertThat(Picture.of(SamplePictures.pngHead(5000, 5000))).isPresent();
    assertThat(Picture.of(SamplePictures.pngHead(5000, 5001))).isEmpty();
    assertThat(Picture.of(SamplePictures.pngHead(65_536, 65_536))).isEmpty();
    assertThat(Picture.of(SamplePictures.pngHead(-1, 1))).isEmpty();
    assertThat(Picture.of(SamplePictures.pngHead(0, 1))).isEmpty();
    assertThat(Picture.of(SamplePictures.extendedWebp(1 << 24, 1 << 24))).isEmpty();
  }

  @Test
  void countsTheFirstImageOfAGifThatIsLargerThanItsCanvas() {
    byte[] gif = SamplePictures.of("gif", 2, 2);
    int image = 0;
    while (gif[image] != 0x2C || image < 13 + 6) {
      image++;
    }
    for (int i = 5; i <= 8; i++) {
      gif[image + i] = (byte) 0xFF;
    }
    assertThat(PictureHead.of(gif)).contains(new PictureHead("image/gif", 65_535, 65_535));
    assertThat(Picture.of(gif)).isEmpty();
  }

  @Test
  void takesNoLargeFile() {
    assertThat(Picture.of(SamplePictures.pngOf(Picture.MAX_OCTETS))).isPresent();
    assertThat(Picture.of(SamplePictures.pngOf(Picture.MAX_OCTETS + 1))).isEmpty();
  }

  @Test
  void readsDataAddressesByTheirOctets() {
    String base64 = Base64.getEncoder().encodeToString(SamplePictures.png());
    String png = "data:image/png;base64," + base64;
    assertThat(Picture.ofData(png).orElseThrow().url()).isEqualTo(png);
    assertThat(
            Picture.ofData(
                    "DATA:image/jpeg;charset=x;BASE64,"
                        + base64.substring(0, 9)
                        + "\n "
                        + base64.substring(9))
                .orElseThrow()
                .url())
        .isEqualTo(png);
    assertThat(
            Picture.ofData("data:image/png;base64," + base64.replace("=", "%3D"))
                .orElseThrow()
                .url())
        .isEqualTo(png);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data:",
        "data:image/png;base64",
        "data:image/png;base64,",
        "data:image/png;base64,!!!!",
        "data:image/png,<svg/>",
        "data:image/svg+xml;base64,PHN2Zy8+",
        "data:image/png;base64,PHN2Zy8+",
        "data:text/html;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ",
        "data:,x",
      })
  void takesNoOtherDataAddress(String source) {
    assertThat(Picture.ofData(source)).isEmpty();
  }
}
