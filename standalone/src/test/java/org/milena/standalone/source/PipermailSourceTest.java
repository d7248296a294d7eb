package org.milena.standalone.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.mail.RawMessage;

class PipermailSourceTest {
  private static final String PAGE =
      """
      <HTML><HEAD><TITLE> [Users] Hello </TITLE>
         <LINK REL="made" HREF="mailto:users%%40lists.example?Subject=Re%%3A%%20%%5BUsers%%5D%%20Hello%s">
      </HEAD><BODY><H1>[Users] Hello</H1>
          <B>Ann</B> <A HREF="mailto:users%%40lists.example?Subject=Re%%3A%%20Hello%s"
             TITLE="[Users] Hello">ann at a.example</A><BR>
      """;

  @TempDir Path folder;

  private static String message(int number) {
    return """
    From ann at a.example  Thu Jul  2 10:00:00 2009
    From: ann at a.example (Ann at home)
    Date: Thu, 2 Jul 2009 10:00:00 +0000
    Subject: [Users] Hello
    Message-ID: <%d+x@a.example>

    From here on %d.
    Write to ben at b.example

    """
        .formatted(number, number);
  }

  private void page(String month, String number, String link) throws IOException {
    Path page = Files.createDirectories(folder.resolve(month)).resolve(number + ".html");
    Files.writeString(page, PAGE.formatted(link, link));
  }

  private static String link(String id) {
    return "&In-Reply-To=%3C" + id.replace("@", "%40") + "%3E";
  }

  @BeforeEach
  void archive() throws IOException {
    Files.writeString(folder.resolve("2009-July.txt"), message(1) + message(2) + message(2));
    Files.writeString(folder.resolve("2009-April.txt"), message(4));
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("2008-December.txt.gz")))) {
      out.write(message(5).getBytes(StandardCharsets.US_ASCII));
    }
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("2009-July.txt.gz")))) {
      out.write(message(9).getBytes(StandardCharsets.US_ASCII));
    }
    Files.writeString(folder.resolve("index.html"), "<html>");
    page("2009-July", "000101", link("1+x@a.example"));
    page("2009-July", "000102", link("2%2Bx@a.example"));
    page("2009-July", "000103", link("2+x@a.example").replace("&In", "&amp;In"));
    page("2009-July", "000104", "");
    page("2009-July", "000105", link("gone@a.example"));
    Files.writeString(folder.resolve("2009-July").resolve("thread.html"), "<html>");
  }

  @Test
  void readsAFolderWithItsPages() throws IOException {
    PipermailPages pages = PipermailPages.read(folder, "/pipermail/users");
    assertThat(pages.size()).isEqualTo(5);
    PipermailSource source = new PipermailSource(folder, pages);
    Read read = Read.of(source);
    assertThat(read.posts.stream().map(SourcePost::urls))
        .containsExactly(
            List.of(),
            List.of(),
            List.of("/pipermail/users/2009-July/000101.html"),
            List.of("/pipermail/users/2009-July/000102.html"),
            List.of("/pipermail/users/2009-July/000103.html"));
    assertThat(read.odd)
        .containsExactlyInAnyOrder(
            "PAGE_WITHOUT_MESSAGE /pipermail/users/2009-July/000104.html: it names no Message-ID",
            "PAGE_WITHOUT_MESSAGE /pipermail/users/2009-July/000105.html: there is no"
                + " gone@a.example");
    assertThat(read.texts().get(2))
        .startsWith("From: ann@a.example (Ann at home)\n")
        .endsWith("From here on 1.\nWrite to ben at b.example\n");
    assertThat(read.progress).isEqualTo(source.size());
  }

  @Test
  void anMboxGetsTheUrlsOfItsPages() throws IOException {
    Path mbox = Files.writeString(folder.resolve("users.mbox"), message(1) + message(7));
    Read read =
        Read.of(
            new MboxSource(
                List.of(mbox), Quoting.MBOXRD, PipermailPages.read(folder, "/old/users")));
    assertThat(read.posts.stream().map(SourcePost::urls))
        .containsExactly(List.of("/old/users/2009-July/000101.html"), List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "From: ann at a.example (Ann),From: ann@a.example (Ann)",
    "From: ann at a.example,From: ann@a.example",
    "from:  ann at a.example (Ann at home),from:  ann@a.example (Ann at home)",
    "From: Ann at home <ann@a.example>,From: Ann at home <ann@a.example>",
    "From: ann@a.example (at home),From: ann@a.example (at home)",
    "Subject: ann at home,Subject: ann at home"
  })
  void mendsTheAddressInFrom(String field, String mended) {
    RawMessage message =
        RawMessage.wrap((field + "\n\nx at y z\n").getBytes(StandardCharsets.UTF_8));
    assertThat(new String(PipermailSource.mended(message).toByteArray(), StandardCharsets.UTF_8))
        .isEqualTo(mended + "\n\nx at y z\n");
  }

  @Test
  void aFolderWithoutTextsIsASentence(@TempDir Path empty) {
    assertThatThrownBy(() -> Read.of(new PipermailSource(empty, null)))
        .isInstanceOf(UnfitSourceException.class)
        .hasMessageContaining("2009-July.txt");
    assertThatThrownBy(() -> new PipermailSource(empty.resolve("x"), null).size())
        .hasMessageContaining("There is no file or folder");
  }
}
