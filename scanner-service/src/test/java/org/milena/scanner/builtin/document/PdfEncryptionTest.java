package org.milena.scanner.builtin.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.scanner.builtin.document.WrittenPdfs.CLOSED;
import static org.milena.scanner.builtin.document.WrittenPdfs.HANDLER;
import static org.milena.scanner.builtin.document.WrittenPdfs.OPEN;
import static org.milena.scanner.builtin.document.WrittenPdfs.direct;
import static org.milena.scanner.builtin.document.WrittenPdfs.handler;
import static org.milena.scanner.builtin.document.WrittenPdfs.hex;
import static org.milena.scanner.builtin.document.WrittenPdfs.isClosed;
import static org.milena.scanner.builtin.document.WrittenPdfs.octets;
import static org.milena.scanner.builtin.document.WrittenPdfs.page;
import static org.milena.scanner.builtin.document.WrittenPdfs.replaced;
import static org.milena.scanner.builtin.document.WrittenPdfs.text;
import static org.milena.scanner.builtin.document.WrittenPdfs.withTable;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which encrypted files need a password. */
class PdfEncryptionTest {

  @Test
  void tellsOfEachRevisionAndShapeWhetherTheEmptyPasswordOpensIt() {
    Map<String, Boolean> closed = new TreeMap<>();
    Map<String, Boolean> expected = new TreeMap<>();
    EncryptedPdfs.all()
        .forEach((name, file) -> {
          expected.put(name, name.endsWith("-closed"));
          closed.put(name, isClosed(text(file)));
        });
    assertThat(closed).hasSize(36).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("org.milena.scanner.builtin.document.EncryptedPdfs#openOnes")
  void readsTheSameWrittenInAnotherWay(String name) {
    String file = text(EncryptedPdfs.named(name));
    Map<String, UnaryOperator<String>> ways = new TreeMap<>();
    ways.put(
        "capitals",
        it ->
            hex(
                it,
                octets ->
                    "<"
                        + HexFormat.of()
                            .withUpperCase()
                            .withDelimiter("\r\n")
                            .formatHex(octets(octets))
                        + " >"));
    ways.put("octal", it -> hex(it, WrittenPdfs::octal));
    ways.put("octets", it -> hex(it, WrittenPdfs::literal));
    ways.put(
        "letters as numbers",
        it -> it.replace("/Encrypt ", "/#45ncr#79pt ").replace("/Standard", "/St#61ndard"));
    ways.put(
        "without a sign",
        it ->
            replaced(
                Pattern.compile("/P (-\\d+)"),
                it,
                found -> "/P " + Integer.toUnsignedString(Integer.parseInt(found.group(1)))));
    ways.put("comments", it -> it.replace("/Size ", "/Size%of 1 0 R\r"));
    ways.put("form feeds", it -> it.replace("/Encrypt ", "/Encrypt\f").replace("/ID [", "/ID\f["));
    ways.put(
        "tight",
        it ->
            replaced(HANDLER, it, found -> found.group(1) + " 0 obj" + found.group(2) + "endobj "));
    ways.put("direct", WrittenPdfs::direct);
    ways.forEach((way, change) -> {
      String changed = change.apply(file);
      assertThat(changed).as(way).isNotEqualTo(file);
      assertThat(isClosed(changed)).as(way).isFalse();
    });
  }

  @ParameterizedTest
  @MethodSource("org.milena.scanner.builtin.document.EncryptedPdfs#closedOnes")
  void doesNotOpenMoreThroughOtherWriting(String name) {
    String file = text(EncryptedPdfs.named(name));
    assertThat(isClosed(hex(file, WrittenPdfs::octal))).isTrue();
    assertThat(isClosed(hex(file, WrittenPdfs::literal))).isTrue();
    assertThat(isClosed(direct(file))).isTrue();
    for (String between : List.of("\u000b", "\u00a0", " +", " -", " .", " %\r", "\u001f ")) {
      assertThat(isClosed(file.replace("/Encrypt ", "/Encrypt" + between))).as(between).isTrue();
    }
  }

  @Test
  void believesEveryTrailerAndEveryDictionary() {
    assertThat(isClosed(OPEN + OPEN)).isFalse();
    assertThat(isClosed(OPEN + CLOSED)).isTrue();
    assertThat(isClosed(CLOSED + OPEN)).isTrue();
    String otherId = OPEN.replaceFirst("/ID \\[<..", "/ID [<00");
    assertThat(isClosed(OPEN + otherId)).isTrue();
    String handler = handler(CLOSED);
    assertThat(isClosed(OPEN + handler(OPEN))).isFalse();
    assertThat(isClosed(OPEN + handler)).isTrue();
    assertThat(isClosed(handler + OPEN)).isTrue();
    assertThat(isClosed(OPEN + "trailer <</Size 9/Prev 7>>")).isFalse();
    assertThat(isClosed(OPEN + "trailer <</Size 9/Encrypt 7 0 R>>")).isTrue();
  }

  @Test
  void looksForDictionariesWhereOnlyAForgedTableFindsThem() {
    String hidden = handler(CLOSED).strip();
    assertThat(isClosed(OPEN + "9 0 obj (" + hidden + ") endobj")).isTrue();
    assertThat(isClosed(OPEN + "% " + hidden)).isTrue();
    assertThat(isClosed(OPEN + "1" + hidden)).isTrue();
    assertThat(isClosed(OPEN + "<</F(" + hidden + ")>>")).isTrue();
    assertThat(
            isClosed(OPEN + hidden.replace("/Standard", "99 0 R") + " 99 0 obj /Standard endobj"))
        .isTrue();
    assertThat(isClosed(OPEN + hidden.replace("Standard", "Adobe.PubSec"))).isTrue();
    assertThat(isClosed(OPEN + "(/Encrypt 7 0 R)")).isTrue();
    assertThat(isClosed(OPEN.replace("/Encrypt", "/Encrypt 9 0 R/Encrypt"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%/W\r",
        " %/W\r",
        "\n% /Encrypt x\r",
        " % /Encrypt /W [\n",
        "%/Standard\n",
        "% 1 0 obj\r",
        "%\n"
      })
  void isClosedWhenAnyCommentStandsBeforeTheEncryptionDictionary(String comment) {
    for (String file : List.of(OPEN, CLOSED)) {
      assertThat(isClosed(file.replace("/Encrypt ", "/Encrypt" + comment))).isTrue();
    }
  }

  /** Programs that skip comments and any blanks read the last one, which is in a packed form. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "7 %x\n0 obj",
        "7 0 %x\nobj",
        "7%x\r0%\robj",
        "7 %x 5\n0 obj",
        "3 % 7 0 %x\nobj",
        "7 % 1 1 % 2 2\n%x\n\n0 obj",
        "7 #0 obj",
        "7 0#obj",
        "7 +0 obj",
        "7 0. obj",
        "7 -0 obj",
        "7. 0 obj",
        "7\u000b0 obj",
        "7 0\u00a0obj",
        "0000000000007 0 obj",
        "7 0000000000000 obj",
        "7 0000000000000000000000000000000000000000000000000000000000000000000000000 obj"
      })
  void isClosedWhenANumberMayHaveAnotherMeaningBehindAnOddHeader(String header) {
    String real = handler(CLOSED).replace("/Standard", "99 0 R");
    for (String blanks : List.of(" ".repeat(64), "\n".repeat(200))) {
      String odd = real.replace("7 0 obj", header.replace("#", blanks));
      assertThat(isClosed(OPEN + odd)).as(odd).isTrue();
    }
    assertThat(isClosed(real.replace("7 0 obj", header) + page())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " obj ",
        "\n obj\n",
        " 1 obj ",
        "x 0 obj ",
        "10% of 3\nobj ",
        "(obj)",
        "1 0 R obj<",
        "stream obj [/W 3 0 R] stream ",
        "an obj << /W 3 0 R (x >> stream ",
        "9 0\n%x\n10 0 obj ",
      })
  void takesWhatStandsInStreamsForNoHeader(String data) {
    assertThat(isClosed("8 0 obj <<>> stream\n" + data + "\nendstream endobj " + OPEN)).isFalse();
  }

  @Test
  void looksForTablesInDictionariesThatItDoesNotRead() {
    String filler = "/X (" + "x".repeat(9000) + ") ";
    for (String widths :
        List.of("/W 3 0 R", "/W [+1 2 1]", "/W [3 0 R 2 1]", "/W [1. 2 1]", "/W [(1) 2 1]")) {
      for (String fields :
          List.of(
              filler + widths,
              widths + filler,
              widths + "/Y --1",
              widths + "/Y 1/Y 2",
              filler + widths + "/Y (endobj )",
              widths + "/Y (1 0 obj <<>>)",
              widths + "% endobj 1 0 obj <<%\r")) {
        assertThat(isClosed(withTable("2 8 0", fields))).as(fields).isTrue();
      }
    }
    String letters = "/W [3 [" + "500 ".repeat(5000) + "]]";
    for (String fields : List.of(letters, filler + "/W [3 [500]]", filler + "/W [7 9 500]")) {
      String font = "30 0 obj <</Type/Font " + fields + ">> endobj 8 0 obj <<>> stream\nendstream ";
      assertThat(isClosed(font + OPEN)).isFalse();
    }
  }

  /** Other programs were seen to ask for the password of such a file: qpdf 11.3.0, pypdf 6. */
  @Test
  void seesThatADictionaryIsPackedWhileAnotherLiesOpen() {
    String packed = "2 8 0";
    String plain = "1 0 0";
    for (String widths :
        List.of("/W [1 2 1]", "/W%\n[1 2 1]", "/#57 [1 %\n2 1]", "/#57[\n01\r2 1]")) {
      assertThat(isClosed(withTable(plain, widths))).as(widths).isFalse();
      assertThat(isClosed(withTable(packed, widths))).as(widths).isTrue();
    }
    // tables that programs may read, and we do not
    for (String widths :
        List.of("/W 3 0 R", "/W [1 2 1 0]", "/W [1 2 1] /Filter /LZWDecode", "/W [1 2 1] /F (x)")) {
      assertThat(isClosed(withTable(plain, widths))).as(widths).isTrue();
    }
    String filler = "/X (" + "x".repeat(9000) + ") ";
    assertThat(isClosed(withTable(plain, filler + "/W [1 2 1]"))).isTrue();
    assertThat(isClosed(withTable(plain, "/W [1 2 1]").replace("stream", "strea"))).isTrue();
  }

  @Test
  void takesTheWidthsOfLettersForNoTable() {
    for (String widths :
        List.of("/W [0 [500 600]]", "/W [0 95 500]", "/W 15 0 R", "/W 1", "/W []", "/W [1 2]")) {
      String font = "30 0 obj <</Type/Font " + widths + ">> endobj ";
      assertThat(isClosed(font + OPEN)).as(widths).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ID \\[<[0-9a-f]+>.*?\\]->",
        "/ID \\[-> /ID [99 0 R ",
        "/ID \\[<..->/ID [<00",
        "/ID \\[(<[0-9a-f]+>).*?\\]->/ID [$1]",
        "/ID \\[->/ID [1 ",
        "/ID \\[(.*?)\\]->/ID [$1 2]",
        "/O <[0-9a-f]+>->",
        "/O <[0-9a-f]+>->/O 9 0 R",
        "/O <..->/O <",
        "/U <[0-9a-f]+>->",
        "/U <->/U <00",
        "/P -\\d+->",
        "/P -\\d+->/P -1",
        "/P -\\d+->/P -20.0",
        "/V 4->",
        "/V 4->/V 3",
        "/V 4->/V 5",
        "/V 4->/V 4 /V 4",
        "/R 4->/R 3",
        "/R 4->/R 99999999999",
        "/R 4->",
        "/Length 128->/Length 40",
        "/Length 128->/Length (128)",
        "/CFM /AESV2->/CFM /AESV9",
        "/CFM /AESV2->",
        "/StmF /StdCF->/StmF /Other",
        "/Filter /Standard->/Filter /Adobe.PubSec",
        "/Filter /Standard->/Filter [/Standard]",
        "/P -->/EncryptMetadata false /P -",
        "/P -->/EncryptMetadata 8 0 R /P -",
        "7 0 obj->77 0 obj",
        "7 0 obj->7 1 obj",
        "/Encrypt 7->/Encrypt 9999999",
        "endobj\nxref->endobj 7 0 obj [] endobj\nxref",
        "/Info 2 0 R->/Info (",
      })
  void isClosedWhenSomethingIsMissingOrDoesNotFit(String change) {
    String[] parts = change.split("->", -1);
    String changed = OPEN.replaceFirst(parts[0], parts[1]);
    assertThat(changed).isNotEqualTo(OPEN);
    assertThat(isClosed(changed)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/U <->/U <00",
        "/UE <[0-9a-f]+>->",
        "/UE <..->/UE <00",
        "/Perms <[0-9a-f]+>->",
        "/Perms <..->/Perms <00",
        "/P -\\d+->/P -4",
        "/P -->/EncryptMetadata false /P -",
        "/CFM /AESV3->/CFM /AESV2",
        "/R 6->/R 5"
      })
  void isClosedWhenTheKeyOfTheFileDoesNotFit(String change) {
    String file = text(EncryptedPdfs.named("r6-plain-open"));
    String[] parts = change.split("->", -1);
    String changed = file.replaceFirst(parts[0], parts[1]);
    assertThat(changed).isNotEqualTo(file);
    assertThat(isClosed(changed)).isTrue();
  }

  @Test
  void needsNoIdentifierSinceRevision5() {
    for (String name : List.of("r5-plain-open", "r6-plain-open")) {
      String file = text(EncryptedPdfs.named(name));
      assertThat(isClosed(file.replaceFirst("/ID \\[.*?\\]", ""))).as(name).isFalse();
    }
  }
}
