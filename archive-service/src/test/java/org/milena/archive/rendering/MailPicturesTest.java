package org.milena.archive.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.archive.rendering.TextRenderingTest.WORDS;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.mail.RawMessage;

class MailPicturesTest {
  private final List<String> parts = new ArrayList<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<pic@x.example> | cid:pic@x.example",
        "<pic@x.example> | cid:pic%40x.example",
        "<pic@x.example> | CID:pic@x.example",
        "<pic@x.example> | cid:<pic@x.example>",
        "<pic@x.example> | cid:%3Cpic@x.example%3E",
        "pic@x.example | cid:pic@x.example",
        "<image001.png> | cid:image001.png",
        "<my picture.png> | cid:my%20picture.png",
        "<a+b/c?d&e#f@x> | cid:a+b/c?d&amp;e#f@x",
        "<a+b/c?d&e#f@x> | cid:a%2Bb%2Fc%3Fd%26e%23f@x",
        "<50%@x> | cid:50%@x",
        "<50%41@x> | cid:50%41@x",
        "<50%41@x> | cid:50%2541@x",
        "'<\"odd\"''id@x>' | cid:%22odd%22'id@x",
        "<grün@x> | cid:gr%C3%BCn@x",
      })
  void findsAPartByItsContentId(String id, String source) {
    part("Content-Type: image/png\nContent-ID: " + id, SamplePictures.png());
    assertThat(shown("<img src=\"" + source.replace("\"", "&quot;") + "\">")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "http://x.example/a.png, http://x.example/a.png",
    "a%20b.png, a%20b.png",
    "cid:pic@x, cid:pic@x",
  })
  void findsAPartByItsContentLocation(String location, String source) {
    part(
        "Content-Type: image/png\nContent-ID: <pic@x>\nContent-Location: " + location,
        SamplePictures.png());
    assertThat(shown("<img src=\"" + source + "\">")).hasSize(1);
  }

  @Test
  void goesByOctetsAndNotByWhatIsClaimed() {
    part(
        "Content-Type: application/octet-stream\nContent-ID: <a@x>",
        SamplePictures.of("jpg", 2, 2));
    part("Content-Type: image/svg+xml\nContent-ID: <b@x>", SamplePictures.of("gif", 2, 2));
    part("Content-Type: image/png\nContent-ID: <c@x>", SamplePictures.lossyWebp());
    assertThat(shown("<img src=cid:a@x><img src=cid:b@x><img src=cid:c@x>"))
        .extracting(source -> source.substring(0, source.indexOf(';')))
        .containsExactly("data:image/jpeg", "data:image/gif", "data:image/webp");
  }

  @Test
  void showsNoSvgUnderAnyName() {
    byte[] svg = "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.US_ASCII);
    part("Content-Type: image/svg+xml\nContent-ID: <a@x>", svg);
    part("Content-Type: image/png; name=\"logo of x.png\"\nContent-ID: <b@x>", svg);
    MailHtml html = html("<img src=cid:a@x alt=logo><img src=cid:b@x>");
    assertThat(html.unshown()).isEqualTo(2);
    assertThat(html.document()).doesNotContain("<img", "<svg", "data:");
    assertThat(Jsoup.parse(html.document()).body().text())
        .contains("logo [attached: part-2.bin]", "[attached: logo of x.png]");
  }

  @Test
  void saysThatAPartIsMissing() {
    MailHtml html =
        html("<img src=cid:gone@x alt='a <b>plan</b>'><img src=cid:><img src=cid:spy@x width=1>");
    assertThat(html.unshown()).isEqualTo(2);
    assertThat(html.elsewhere()).isZero();
    assertThat(Jsoup.parse(html.document()).body().text())
        .isEqualTo("a <b>plan</b> [not shown][not shown]");
  }

  @Test
  void hidesAddressesInNamesOfAttachments() {
    part(
        "Content-Type: image/tiff; name=\"alice@x.example.tif\"\nContent-ID: <a@x>",
        new byte[] {1});
    String document =
        MailHtml.of(message("<img src=cid:a@x>"), true, WORDS).orElseThrow().document();
    assertThat(Jsoup.parse(document).body().text()).isEqualTo("[attached: a\u2026@x.example.tif]");
  }

  @Test
  void leavesOutALargePicture() {
    part("Content-Type: image/png\nContent-ID: <a@x>", SamplePictures.pngOf(Picture.MAX_OCTETS));
    part(
        "Content-Type: image/png\nContent-ID: <b@x>", SamplePictures.pngOf(Picture.MAX_OCTETS + 1));
    part("Content-Type: image/png\nContent-ID: <c@x>", SamplePictures.pngHead(40_000, 40_000));
    MailHtml html = html("<img src=cid:b@x><img src=cid:c@x><img src=cid:a@x>");
    assertThat(Jsoup.parse(html.document()).select("img")).hasSize(1);
    assertThat(html.unshown()).isEqualTo(2);
  }

  @Test
  void countsAPictureAsOftenAsItIsShown() {
    for (int i = 0; i < 5; i++) {
      part(
          "Content-Type: image/png\nContent-ID: <" + i + "@x>",
          SamplePictures.pngOf(Picture.MAX_OCTETS));
    }
    MailHtml html = html("<img src=cid:0@x><img src=cid:1@x>".repeat(25_000));
    assertThat(Jsoup.parse(html.document()).select("img")).hasSize(4);
    assertThat(html.unshown()).isEqualTo(49_996);
    assertThat(html.document().length()).isLessThan(2 * MailPictures.MAX_OCTETS);
  }

  @Test
  void makesNoLargePageOfASmallMessage() {
    part("Content-Type: image/png\nContent-ID: <a@x>", SamplePictures.pngOf(20_000));
    String text = "<img src=cid:a@x>".repeat(209);
    MailHtml html = html(text);
    assertThat(Jsoup.parse(html.document()).select("img")).hasSize(1);
    assertThat(html.unshown()).isEqualTo(208);
    assertThat(html.document().length()).isLessThan(2 * message(text).size());
  }

  @Test
  void showsASmallPictureAgain() {
    part("Content-Type: image/png\nContent-ID: <photo@x>", SamplePictures.pngOf(100_000));
    part("Content-Type: image/png\nContent-ID: <dot@x>", SamplePictures.pngOf(300));
    assertThat(shown("<img src=cid:photo@x>" + "<img src=cid:dot@x>".repeat(50))).hasSize(51);
  }

  @Test
  void countsThePixelsOfAll() {
    part("Content-Type: image/png\nContent-ID: <a@x>", SamplePictures.pngHead(5000, 5000));
    assertThat(shown("<img src=cid:a@x>".repeat(9))).hasSize(2);
  }

  @Test
  void keepsOctetsForThePicturesThatAreNamed() {
    for (int i = 0; i < 6; i++) {
      part(
          "Content-Type: image/png\nContent-ID: <unnamed" + i + "@x>",
          SamplePictures.pngOf(Picture.MAX_OCTETS));
    }
    part("Content-Type: image/png\nContent-ID: <a@x>", SamplePictures.png());
    assertThat(shown("<img src=cid:a@x>")).hasSize(1);
  }

  @Test
  void readsNestedMultiparts() {
    String picture = Base64.getEncoder().encodeToString(SamplePictures.png());
    String text =
        """
        Content-Type: multipart/mixed; boundary=m

        --m
        Content-Type: multipart/alternative; boundary=a

        --a
        Content-Type: text/plain

        plain
        --a
        Content-Type: multipart/related; boundary=r

        --r
        Content-Type: text/html

        <img src="cid:in@x"><img src="cid:out@x">
        --r
        Content-Type: image/png
        Content-ID: <in@x>
        Content-Transfer-Encoding: base64

        %1$s
        --r--
        --a--
        --m
        Content-Type: image/png
        Content-ID: <out@x>
        Content-Disposition: attachment; filename=out.png
        Content-Transfer-Encoding: base64

        %1$s
        --m--
        """
            .formatted(picture);
    RawMessage message =
        RawMessage.wrap(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    MailHtml html = MailHtml.of(message, false, WORDS).orElseThrow();
    assertThat(Jsoup.parse(html.document()).select("img")).hasSize(2);
    assertThat(html.unshown()).isZero();
  }

  @Test
  void writesAnewThePicturesThatHtmlBringsInsideItself() {
    String png = Base64.getEncoder().encodeToString(SamplePictures.png());
    MailHtml html =
        html(
            "<img src='data:image/gif;base64,"
                + png
                + "'><img alt=v src='data:image/svg+xml;base64,PHN2Zy8+'><img"
                + " src='data:image/png;base64,PHN2Zy8+'><img src='data:text/html,x'>");
    assertThat(Jsoup.parse(html.document()).select("img").eachAttr("src"))
        .containsExactly("data:image/png;base64," + png);
    assertThat(html.unshown()).isEqualTo(3);
    assertThat(html.document()).doesNotContain("svg", "text/html,");
  }

  @Test
  void showsPicturesNowhereElse() {
    part("Content-Type: image/png\nContent-ID: <a@x>", SamplePictures.png());
    MailHtml html =
        html(
            "<table background=cid:a@x><tr><td style='background:url(cid:a@x)'>t</td></tr></table>"
                + "<a href=cid:a@x>l</a><img srcset='cid:a@x 1x'><input type=image src=cid:a@x>");
    assertThat(html.document().substring(html.document().indexOf("<body>")))
        .doesNotContain("data:", "cid:", "<img", "url(");
  }

  private List<String> shown(String html) {
    Document page = Jsoup.parse(html(html).document());
    return page.select("img").eachAttr("src");
  }

  private MailHtml html(String html) {
    return MailHtml.of(message(html), false, WORDS).orElseThrow();
  }

  private void part(String header, byte[] content) {
    parts.add(
        header
            + "\nContent-Transfer-Encoding: base64\n\n"
            + Base64.getMimeEncoder().encodeToString(content).replace("\r\n", "\n"));
  }

  private RawMessage message(String html) {
    StringBuilder text =
        new StringBuilder("Content-Type: multipart/related; boundary=b\n\n--b\n")
            .append("Content-Type: text/html; charset=utf-8\n\n")
            .append(html);
    parts.forEach(part -> text.append("\n--b\n").append(part));
    return RawMessage.wrap(
        text.append("\n--b--\n").toString().replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }
}
