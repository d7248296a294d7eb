package org.milena.scanner.builtin.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which encrypted files need a password. */
class PdfEncryptionTest {

  private static final Pattern HEX = Pattern.compile("<([0-9a-f]{32,})>");
  private static final Pattern HANDLER =
      Pattern.compile("(\\d+) 0 obj\n(<< [^\n]*/Filter /Standard[^\n]*>>)\nendobj\n");

  private static final String OPEN = text(EncryptedPdfs.named("r4-plain-open"));
  private static final String CLOSED = text(EncryptedPdfs.named("r4-plain-closed"));

  static List<String> openOnes() {
    return EncryptedPdfs.all().keySet().stream().filter(name -> name.endsWith("-open")).toList();
  }

  static List<String> closedOnes() {
    return EncryptedPdfs.all().keySet().stream().filter(name -> name.endsWith("-closed")).toList();
  }

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
  @MethodSource("openOnes")
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
    ways.put("octal", it -> hex(it, PdfEncryptionTest::octal));
    ways.put("octets", it -> hex(it, PdfEncryptionTest::literal));
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
    ways.put("direct", PdfEncryptionTest::direct);
    ways.forEach((way, change) -> {
      String changed = change.apply(file);
      assertThat(changed).as(way).isNotEqualTo(file);
      assertThat(isClosed(changed)).as(way).isFalse();
    });
  }

  @ParameterizedTest
  @MethodSource("closedOnes")
  void doesNotOpenMoreThroughOtherWriting(String name) {
    String file = text(EncryptedPdfs.named(name));
    assertThat(isClosed(hex(file, PdfEncryptionTest::octal))).isTrue();
    assertThat(isClosed(hex(file, PdfEncryptionTest::literal))).isTrue();
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

  @Test
  void doesNotReadDictionariesWithoutEnd() {
    assertThat(isClosed(OPEN.replace("/O <", "/X (" + "x".repeat(7000) + ")/O <"))).isFalse();
    assertThat(isClosed(OPEN.replace("/O <", "/X (" + "x".repeat(9000) + ")/O <"))).isTrue();
  }

  /** Damage may open no file that has a password, as long as its trailer says that it has one. */
  @Test
  @Timeout(120)
  void damagedFilesWithAPasswordStayClosed() {
    var random = new Random(20260202);
    int stillEncrypted = 0;
    for (String name : closedOnes()) {
      byte[] file = EncryptedPdfs.named(name);
      for (int round = 0; round < 400; round++) {
        String damaged = text(damaged(file, random));
        boolean closed = isClosed(damaged);
        if (Pattern.compile("/Encrypt [0-9]").matcher(damaged).find()) {
          stillEncrypted++;
          assertThat(closed).as(name + " in round " + round).isTrue();
        }
      }
    }
    assertThat(stillEncrypted).isGreaterThan(5000);
  }

  @Test
  @Timeout(120)
  void damagedFilesWithoutAPasswordHaveAnAnswer() {
    var random = new Random(20260303);
    int closed = 0;
    for (String name : openOnes()) {
      byte[] file = EncryptedPdfs.named(name);
      for (int round = 0; round < 400; round++) {
        closed += isClosed(text(damaged(file, random))) ? 1 : 0;
      }
    }
    assertThat(closed).isGreaterThan(1000);
  }

  @ParameterizedTest
  @Timeout(60)
  @ValueSource(
      strings = {
        "7 0 obj<<",
        "7 0 obj<</Filter/Standard",
        "/Encrypt 7 0 R",
        "trailer<</Encrypt 7 0 R/ID[(#)]>>",
        "# 0 obj<</Filter/Standard/V 5/R 6/P 1/X(#)>>endobj ",
        "# 0 obj[]endobj ",
        "trailer<</Encrypt<</Filter/Standard/P #>>>>",
        "9 0 obj<</W[1 1 1]/Size 9>>stream\n000000000000000000000000000endstream ",
        "9 0 obj<</W[1 1 1]/Size 9999999>>stream\n",
        "/W[1 1 1 ",
        "trailer<</Encrypt[[[[[[(((((((",
        "obj/Standard 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1%",
      })
  void isDoneInLinearTimeAndLittleMemory(String piece) throws IOException {
    int times = (8 << 20) / piece.length();
    var pieces =
        IntStream.range(0, times)
            .<InputStream>mapToObj(
                i -> new ByteArrayInputStream(octets(piece.replace("#", String.valueOf(i)))))
            .iterator();
    var many =
        new SequenceInputStream(
            new Enumeration<InputStream>() {
              @Override
              public boolean hasMoreElements() {
                return pieces.hasNext();
              }

              @Override
              public InputStream nextElement() {
                return pieces.next();
              }
            });
    InputStream ends = new ByteArrayInputStream(octets(OPEN));
    assertThat(
            PdfDocument.read(new SequenceInputStream(Collections.enumeration(List.of(many, ends))))
                .files())
        .isEmpty();
  }

  /** Each takes about a second to read, and its last row is missing. */
  @Test
  @Timeout(60)
  void readsNoMoreTablesBehindOneThatIsDamaged() throws IOException {
    var rows = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(rows)) {
      byte[] some = new byte[1000];
      for (int i = 0; i < 8_388; i++) {
        deflater.write(some);
      }
    }
    String table =
        "9 0 obj <</W[1 0 0]/Size 8388001/Filter/FlateDecode>>stream\n"
            + text(rows.toByteArray())
            + "\nendstream endobj ";
    assertThat(isClosed(table.repeat(500) + OPEN)).isTrue();
    assertThat(isClosed(table.repeat(500) + page())).isFalse();
  }

  @Test
  @Timeout(60)
  void asksEachDictionaryOfRevision6OnceForAllIdentifiers() {
    String file = text(EncryptedPdfs.named("r6-plain-open"));
    var many = new StringBuilder(file);
    for (int i = 0; i < 15; i++) {
      many.append(file.replaceFirst("/ID \\[<..", "/ID [<%02x".formatted(i)));
    }
    assertThat(isClosed(many.toString())).isFalse();
  }

  /** A file that is not encrypted. */
  private static String page() {
    return OPEN.replaceFirst("/Encrypt \\d+ 0 R", "");
  }

  private static byte[] damaged(byte[] whole, Random random) {
    byte[] damaged = whole.clone();
    int handler = Math.max(0, text(whole).indexOf("/Filter /Standard"));
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int from = random.nextBoolean() ? 0 : handler;
      int at = from + random.nextInt(Math.min(damaged.length - from, from == 0 ? 1 << 20 : 500));
      switch (random.nextInt(5)) {
        case 0 -> damaged[at] = (byte) random.nextInt(256);
        case 1 -> damaged[at] = (byte) "0123456789abcdef<>()/[]% \n".charAt(random.nextInt(26));
        case 2 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
        case 3 -> {
          int length = Math.min(1 + random.nextInt(40), damaged.length - at);
          int to = random.nextInt(damaged.length - length + 1);
          System.arraycopy(damaged, at, damaged, to, length);
        }
        default -> {
          byte[] longer = Arrays.copyOf(damaged, damaged.length + 1);
          System.arraycopy(damaged, at, longer, at + 1, damaged.length - at);
          damaged = longer;
        }
      }
    }
    return damaged;
  }

  /** With a cross-reference stream that says this of the encryption dictionary. */
  private static String withTable(String entry, String fields) {
    var rows = new StringBuilder();
    for (int number = 0; number < 8; number++) {
      String[] columns = (number == 7 ? entry : "1 9 0").split(" ");
      rows.append((char) Integer.parseInt(columns[0])).append('\0');
      rows.append((char) Integer.parseInt(columns[1])).append('\0');
    }
    return OPEN
        + "\n9 0 obj <</Type/XRef/Size 8 "
        + fields
        + ">>\nstream\n"
        + rows
        + "\nendstream endobj";
  }

  private static String handler(String file) {
    return HANDLER.matcher(file).results().map(MatchResult::group).findFirst().orElseThrow();
  }

  /** With the encryption dictionary in the trailer. */
  private static String direct(String file) {
    String dictionary =
        HANDLER.matcher(file).results().map(found -> found.group(2)).findFirst().orElseThrow();
    String without = replaced(HANDLER, file, found -> "");
    return replaced(
        Pattern.compile("/Encrypt \\d+ 0 R"), without, found -> "/Encrypt " + dictionary);
  }

  private static String hex(String file, UnaryOperator<String> writing) {
    return replaced(
        HEX, file, found -> writing.apply(text(HexFormat.of().parseHex(found.group(1)))));
  }

  private static String octal(String octets) {
    var written = new StringBuilder("(");
    octets.chars().forEach(octet -> written.append('\\').append("%03o".formatted(octet)));
    return written.append(')').toString();
  }

  private static String literal(String octets) {
    var written = new StringBuilder("(");
    for (char octet : octets.toCharArray()) {
      switch (octet) {
        case '(', ')', '\\' -> written.append('\\').append(octet);
        case '\r' -> written.append("\\r");
        default -> written.append(octet);
      }
    }
    return written.append(')').toString();
  }

  private static String replaced(Pattern pattern, String text, Function<MatchResult, String> by) {
    return pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(by.apply(found)));
  }

  private static boolean isClosed(String file) {
    try {
      return PdfDocument.read(new ByteArrayInputStream(octets(file))).encrypted();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
