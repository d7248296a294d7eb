package org.milena.listexpander.migration.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.listexpander.migration.pickle.PickleValue.Bool;
import org.milena.listexpander.migration.pickle.PickleValue.Entries;
import org.milena.listexpander.migration.pickle.PickleValue.Instance;
import org.milena.listexpander.migration.pickle.PickleValue.Int;
import org.milena.listexpander.migration.pickle.PickleValue.Items;
import org.milena.listexpander.migration.pickle.PickleValue.None;
import org.milena.listexpander.migration.pickle.PickleValue.Real;
import org.milena.listexpander.migration.pickle.PickleValue.Text;
import org.milena.listexpander.migration.pickle.PickleValue.Unicode;

class PickleTest {

  private static PickleValue read(byte[] pickle) {
    return assertInstanceOf(PickleResult.Read.class, Pickle.read(pickle)).value();
  }

  /** A pickle of characters, one an octet. */
  private static PickleValue read(String latin1) {
    return read(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Text text(String latin1) {
    return Text.copyOf(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Int integer(long number) {
    return new Int(BigInteger.valueOf(number));
  }

  private static Items items(PickleValue... items) {
    return new Items(List.of(items));
  }

  @ParameterizedTest
  @CsvSource({
    "I0, 0",
    "I1, 1",
    "I-17, -17",
    "I007, 7",
    "I9223372036854775808, 9223372036854775808",
    "L5L, 5",
    "L5, 5",
    "L-340282366920938463463374607431768211456L, " + "-340282366920938463463374607431768211456"
  })
  void readsWholeNumbersInText(String line, BigInteger number) {
    assertThat(read(line + "\n.")).isEqualTo(new Int(number));
  }

  @Test
  void readsWholeNumbersInBinary() {
    assertThat(read("K\u00ff.")).isEqualTo(integer(255));
    assertThat(read("M\u00ff\u00fe.")).isEqualTo(integer(0xFEFF));
    assertThat(read("J\u0001\u0002\u0003\u0004.")).isEqualTo(integer(0x04030201));
    assertThat(read("J\u00fe\u00ff\u00ff\u00ff.")).isEqualTo(integer(-2));
    assertThat(read("\u008a\u0000.")).isEqualTo(integer(0));
    assertThat(read("\u008a\u0001\u00ff.")).isEqualTo(integer(-1));
    assertThat(read("\u008a\u0002\u00ff\u0000.")).isEqualTo(integer(255));
    assertThat(read("\u008b\u0003\0\0\0\u0000\u0000\u0080.")).isEqualTo(integer(-8_388_608));
  }

  @Test
  void readsTruthInAllItsForms() {
    assertThat(read("I01\n.")).isEqualTo(new Bool(true));
    assertThat(read("I00\n.")).isEqualTo(new Bool(false));
    assertThat(read("\u0088.")).isEqualTo(new Bool(true));
    assertThat(read("\u0089.")).isEqualTo(new Bool(false));
    assertThat(read("N.")).isEqualTo(new None());
  }

  @ParameterizedTest
  @CsvSource({"1.5", "-0.0", "1e+16", "4.9E-324", "1.7976931348623157e+308", "3."})
  void readsFractionsInText(String repr) {
    assertThat(read("F" + repr + "\n.")).isEqualTo(new Real(Double.parseDouble(repr)));
  }

  @Test
  void readsFractionsThatAreNoNumbers() {
    assertThat(read("Finf\n.")).isEqualTo(new Real(Double.POSITIVE_INFINITY));
    assertThat(read("F-inf\n.")).isEqualTo(new Real(Double.NEGATIVE_INFINITY));
    assertThat(read("Fnan\n.")).isEqualTo(new Real(Double.NaN));
    assertThat(read("G\u003f\u00f8\0\0\0\0\0\0.")).isEqualTo(new Real(1.5));
  }

  @Test
  void readsByteStrings() {
    assertThat(read("S'it\\'s'\n.")).isEqualTo(text("it's"));
    assertThat(read("S\"it's\"\n.")).isEqualTo(text("it's"));
    assertThat(read("S'\\n\\r\\t\\\\\\x00\\xfF\\0\\101\\1018\\q'\n."))
        .isEqualTo(text("\n\r\t\\\0\u00ff\0AA8\\q"));
    assertThat(read("S'\\a\\b\\f\\v\\\"'\n.")).isEqualTo(text("\u0007\b\f\u000b\""));
    assertThat(read("S''\n.")).isEqualTo(text(""));
    assertThat(read("U\u0003a\u00e9\n.")).isEqualTo(text("a\u00e9\n"));
    assertThat(read("T\u0003\0\0\0abc.")).isEqualTo(text("abc"));
  }

  @Test
  void readsTextsOfCharacters() {
    assertThat(read("VK\u00f6ln \\u2192\\U0001f4ec\\u005cn \\n \\\\u0041\n."))
        .isEqualTo(new Unicode("Köln →📬\\n \\n \\\\u0041"));
    assertThat(read("X\u0005\0\0\0K\u00c3\u00b6\u006cn.")).isEqualTo(new Unicode("Köln"));
    assertThat(read("V\\ud83d\n.")).isEqualTo(new Unicode("\uFFFD"));
    assertThat(read("V\\ud83d\\udcec\n.")).isEqualTo(new Unicode("📬"));
    assertThat(read("X\u0001\0\0\0\u00ff.")).isEqualTo(new Unicode("\uFFFD"));
  }

  @Test
  void readsListsAndTuples() {
    assertThat(read("].")).isEqualTo(items());
    assertThat(read("(l.")).isEqualTo(items());
    assertThat(read("(I1\nI2\nl.")).isEqualTo(items(integer(1), integer(2)));
    assertThat(read("]I1\na.")).isEqualTo(items(integer(1)));
    assertThat(read("](I1\nI2\ne.")).isEqualTo(items(integer(1), integer(2)));
    assertThat(read(").")).isEqualTo(items());
    assertThat(read("(t.")).isEqualTo(items());
    assertThat(read("(I1\nt.")).isEqualTo(items(integer(1)));
    assertThat(read("K\1\u0085.")).isEqualTo(items(integer(1)));
    assertThat(read("K\1K\2\u0086.")).isEqualTo(items(integer(1), integer(2)));
    assertThat(read("K\1K\2K\3\u0087.")).isEqualTo(items(integer(1), integer(2), integer(3)));
  }

  @Test
  void readsDictionariesAndLetsTheLastOfAKeyCount() {
    var one = new Entries(Map.of(text("a"), integer(1)));
    assertThat(read("}.")).isEqualTo(new Entries(Map.of()));
    assertThat(read("(d.")).isEqualTo(new Entries(Map.of()));
    assertThat(read("(S'a'\nI1\nd.")).isEqualTo(one);
    assertThat(read("}S'a'\nI1\ns.")).isEqualTo(one);
    assertThat(read("}(S'a'\nI1\nu.")).isEqualTo(one);
    assertThat(read("}(S'a'\nI0\nS'a'\nI1\nu.")).isEqualTo(one);
  }

  @Test
  void keepsKeysOfEveryKindApart() {
    Map<PickleValue, PickleValue> map = new LinkedHashMap<>();
    for (PickleValue key :
        List.of(
            text("1"),
            text("\u00ff"),
            new Unicode("1"),
            integer(1),
            new Real(1),
            new Bool(true),
            new None())) {
      map.put(key, integer(map.size()));
    }
    Entries entries = new Entries(map);
    assertThat(read("}(S'1'\nI0\nS'\\xff'\nI1\nV1\nI2\nI1\nI3\nF1.\nI4\nI01\nI5\nNI6\nu."))
        .isEqualTo(entries);
    map.forEach((key, value) -> assertThat(entries.map()).containsEntry(key, value));
  }

  @Test
  void followsTheStackAndTheMemo() {
    assertThat(read("I1\nI2\n0.")).isEqualTo(integer(1));
    assertThat(read("I1\n(0.")).isEqualTo(integer(1));
    assertThat(read("I1\n(I2\nI3\n1.")).isEqualTo(integer(1));
    assertThat(read("(I1\n2t.")).isEqualTo(items(integer(1), integer(1)));
    assertThat(read("(I1\np7\ng7\nt.")).isEqualTo(items(integer(1), integer(1)));
    assertThat(read("(I1\nq\u0007h\u0007t.")).isEqualTo(items(integer(1), integer(1)));
    assertThat(read("(I1\nr\0\0\1\0j\0\0\1\0t.")).isEqualTo(items(integer(1), integer(1)));
    assertThat(read("(]q\0h\0I1\nat."))
        .as("a list that grows later grows everywhere")
        .isEqualTo(items(items(integer(1)), items(integer(1))));
  }

  @Test
  void readsSetsOfLists() {
    assertThat(read("c__builtin__\nset\n(]I7\natR.")).isEqualTo(items(integer(7)));
    assertThat(read("c__builtin__\nfrozenset\n](I7\nI8\ne\u0085R."))
        .isEqualTo(items(integer(7), integer(8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(iMailman.Bouncer\n_BounceInfo\n(dS'score'\nF2.\nsb.",
        "(cMailman.Bouncer\n_BounceInfo\noq\1}U\u0005scoreF2.\nsb.",
        "\u0080\u0002cMailman.Bouncer\n_BounceInfo\n)\u0081}U\u0005scoreF2.\nsb."
      })
  void readsBounceInfoAsPlainAttributes(String pickle) {
    assertThat(read(pickle))
        .isEqualTo(
            new Instance(
                "Mailman.Bouncer._BounceInfo", new Entries(Map.of(text("score"), new Real(2)))));
  }

  @Test
  void remembersTheClassAsPythonDoes() {
    var one =
        new Instance("Mailman.Bouncer._BounceInfo", new Entries(Map.of(text("n"), integer(1))));
    assertThat(
            read(
                "]q\0((cMailman.Bouncer\n_BounceInfo\nq\1oq\2}q\3U\1nK\1sb" + "(h\1o}(U\1nK\1ube."))
        .isEqualTo(items(one, one));
  }

  @Test
  void readsBounceInfoWithoutAttributes() {
    assertThat(read("(iMailman.Bouncer\n_BounceInfo\n."))
        .isEqualTo(new Instance("Mailman.Bouncer._BounceInfo", new Entries(Map.of())));
  }

  @Test
  void leavesAloneWhatComesBehindTheEnd() {
    assertThat(read("N.cos\nsystem\n")).isEqualTo(new None());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void readsInEveryProtocolWhatTheWriterWrote(int protocol) {
    Map<Object, Object> value = new LinkedHashMap<>();
    value.put("text", "M\u00fcller's \\ \n\0");
    value.put("long", "x".repeat(300));
    value.put("characters", new PickleWriter.Unicode("Ω \\ \n 📬"));
    value.put("numbers", new ArrayList<>(Arrays.asList(0, -1, 255, 65_536, 7L, 1.25, null, true)));
    value.put("big", BigInteger.TWO.pow(200).negate());
    value.put("tuple", PickleWriter.Tuple.of(1, 2, 3, 4));
    value.put("set", Set.of("a"));
    value.put("bounce", new PickleWriter.BounceInfo(Map.of("date", PickleWriter.Tuple.of(2020))));
    assertThat(read(PickleWriter.pickle(protocol, value))).isEqualTo(expected(value));
  }

  private static PickleValue expected(@Nullable Object value) {
    return switch (value) {
      case null -> new None();
      case Boolean truth -> new Bool(truth);
      case Integer number -> integer(number);
      case Long number -> integer(number);
      case BigInteger number -> new Int(number);
      case Double number -> new Real(number);
      case String latin1 -> text(latin1);
      case PickleWriter.Unicode(var text) -> new Unicode(text);
      case PickleWriter.Tuple(var items) -> expected(new ArrayList<>(items));
      case Set<?> set -> expected(new ArrayList<>(set));
      case List<?> list -> new Items(list.stream().map(PickleTest::expected).toList());
      case Map<?, ?> map -> {
        Map<PickleValue, PickleValue> entries = new LinkedHashMap<>();
        map.forEach((key, item) -> entries.put(expected(key), expected(item)));
        yield new Entries(entries);
      }
      case PickleWriter.BounceInfo(var attributes) ->
          new Instance("Mailman.Bouncer._BounceInfo", (Entries) expected(attributes));
      default -> throw new IllegalArgumentException(value.toString());
    };
  }

  /** One value, as Python itself pickles it under protocols 0, 1 and 2. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "KGRwMApWbmFtZQpwMQpWS/ZsbiBcdTIxOTIgXHUwMDVjIFx1MDAwYQpwMgpzVm4KcDMKKGxwNApJMAphSTI1NQph"
            + "STY1NTM1CmFJLTEKYUwyMTQ3NDgzNjQ4TAphTDExODA1OTE2MjA3MTc0MTEzMDM0MjRMCmFJMDEKYUkwMAph"
            + "TmFzVmYKcDUKKGxwNgpGMS41CmFGLTAuMAphRjFlKzMwMAphc1Z0CnA3CigodChJMQp0cDgKKEkxCkkyCnRw"
            + "OQooSTEKSTIKSTMKdHAxMAooSTEKSTIKSTMKSTQKdHAxMQp0cDEyCnNWcwpwMTMKY19fYnVpbHRpbl9fCnNl"
            + "dApwMTQKKChscDE1Ckk3CmF0cDE2ClJwMTcKc1ZmcwpwMTgKY19fYnVpbHRpbl9fCmZyb3plbnNldApwMTkK"
            + "KChscDIwCkk4CmF0cDIxClJwMjIKc1Z4CnAyMwoobHAyNApWYQpwMjUKYVZiCnAyNgphc1Z5CnAyNwpnMjQK"
            + "cy4=",
        "fXEAKFgEAAAAbmFtZXEBWA0AAABLw7ZsbiDihpIgXCAKcQJYAQAAAG5xA11xBChLAEv/Tf//Sv////9MMjE0NzQ4"
            + "MzY0OEwKTDExODA1OTE2MjA3MTc0MTEzMDM0MjRMCkkwMQpJMDAKTmVYAQAAAGZxBV1xBihHP/gAAAAAAABH"
            + "gAAAAAAAAABHfjfkPIgAdZxlWAEAAAB0cQcoKShLAXRxCChLAUsCdHEJKEsBSwJLA3RxCihLAUsCSwNLBHRx"
            + "C3RxDFgBAAAAc3ENY19fYnVpbHRpbl9fCnNldApxDihdcQ9LB2F0cRBScRFYAgAAAGZzcRJjX19idWlsdGlu"
            + "X18KZnJvemVuc2V0CnETKF1xFEsIYXRxFVJxFlgBAAAAeHEXXXEYKFgBAAAAYXEZWAEAAABicRplWAEAAAB5"
            + "cRtoGHUu",
        "gAJ9cQAoWAQAAABuYW1lcQFYDQAAAEvDtmxuIOKGkiBcIApxAlgBAAAAbnEDXXEEKEsAS/9N//9K/////4oFAAAA"
            + "gACKCQAAAAAAAAAAQIiJTmVYAQAAAGZxBV1xBihHP/gAAAAAAABHgAAAAAAAAABHfjfkPIgAdZxlWAEAAAB0"
            + "cQcoKUsBhXEISwFLAoZxCUsBSwJLA4dxCihLAUsCSwNLBHRxC3RxDFgBAAAAc3ENY19fYnVpbHRpbl9fCnNl"
            + "dApxDl1xD0sHYYVxEFJxEVgCAAAAZnNxEmNfX2J1aWx0aW5fXwpmcm96ZW5zZXQKcRNdcRRLCGGFcRVScRZY"
            + "AQAAAHhxF11xGChYAQAAAGFxGVgBAAAAYnEaZVgBAAAAeXEbaBh1Lg=="
      })
  void readsWhatPythonWrites(String base64) {
    Map<PickleValue, PickleValue> map = new LinkedHashMap<>();
    map.put(new Unicode("name"), new Unicode("Köln → \\ \n"));
    map.put(
        new Unicode("n"),
        items(
            integer(0),
            integer(255),
            integer(65_535),
            integer(-1),
            integer(1L << 31),
            new Int(BigInteger.TWO.pow(70)),
            new Bool(true),
            new Bool(false),
            new None()));
    map.put(new Unicode("f"), items(new Real(1.5), new Real(-0.0), new Real(1e300)));
    map.put(
        new Unicode("t"),
        items(
            items(),
            items(integer(1)),
            items(integer(1), integer(2)),
            items(integer(1), integer(2), integer(3)),
            items(integer(1), integer(2), integer(3), integer(4))));
    map.put(new Unicode("s"), items(integer(7)));
    map.put(new Unicode("fs"), items(integer(8)));
    map.put(new Unicode("x"), items(new Unicode("a"), new Unicode("b")));
    map.put(new Unicode("y"), items(new Unicode("a"), new Unicode("b")));
    assertThat(read(Base64.getDecoder().decode(base64))).isEqualTo(new Entries(map));
  }

  @Test
  void printsNoText() {
    String printed = read("(S'secret'\nVsecret\nd.").toString();
    assertThat(printed).doesNotContain("secret").contains("Text[6 octets]");
  }
}
