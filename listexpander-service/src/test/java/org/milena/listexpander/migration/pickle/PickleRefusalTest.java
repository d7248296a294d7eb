package org.milena.listexpander.migration.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is more than data is refused, by name and place. */
class PickleRefusalTest {

  private static PickleResult.Refused refused(byte[] pickle) {
    return assertInstanceOf(PickleResult.Refused.class, Pickle.read(pickle));
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void refusesACallOfASystemCommand() {
    var refused = refused(latin1("cos\nsystem\n(S'true'\ntR."));
    assertThat(refused.reason())
        .isEqualTo("GLOBAL at 0 names os.system, which is none of the classes a list is made of.");
    assertThat(refused.offset()).isZero();
  }

  @Test
  void refusesAnObjectOfAnyOtherClass() {
    assertThat(refused(latin1("(i__main__\nEvil\n.")).reason())
        .startsWith("INST at 1 names __main__.Evil");
    assertThat(refused(latin1("(cMailman.Bouncer\nBouncer\no.")).reason())
        .startsWith("GLOBAL at 1 names Mailman.Bouncer.Bouncer");
    assertThat(refused(latin1("\u0080\u0002c__main__\nEvil\n)\u0081.")).reason())
        .startsWith("GLOBAL at 2 names __main__.Evil");
    assertThat(refused(latin1("ccopy_reg\n_reconstructor\n.")).reason())
        .startsWith("GLOBAL at 0 names copy_reg._reconstructor");
    assertThat(refused(latin1("c__builtin__\neval\n.")).reason()).contains("__builtin__.eval");
  }

  @Test
  void showsAClassNameOnOneLineAndNoLongerThanNeeded() {
    String reason = refused(latin1("cos\r\u001b[31m\n" + "x".repeat(10_000) + "\n.")).reason();
    assertThat(reason).hasSizeLessThan(250).doesNotContain("\r", "\u001b");
  }

  @Test
  void callsNothingButASetOfAList() {
    String set = "c__builtin__\nset\n";
    assertThat(refused(latin1(set + "(tR.")).reason()).startsWith("REDUCE at 19 calls __builtin__");
    assertThat(refused(latin1(set + "((ttR.")).reason()).contains("REDUCE");
    assertThat(refused(latin1(set + "((l(ltR.")).reason()).contains("REDUCE");
    assertThat(refused(latin1(set + "]R.")).reason()).startsWith("REDUCE");
    assertThat(refused(latin1("cMailman.Bouncer\n_BounceInfo\n(]tR.")).reason())
        .contains("calls Mailman.Bouncer._BounceInfo");
    assertThat(refused(latin1("S'os.system'\n(tR.")).reason())
        .isEqualTo("REDUCE at 15 finds no class.");
  }

  @Test
  void makesNoObjectWithArgumentsAndNoneOfASet() {
    assertThat(refused(latin1("(cMailman.Bouncer\n_BounceInfo\nI1\no.")).reason())
        .startsWith("OBJ at 33 makes an object of Mailman.Bouncer._BounceInfo;");
    assertThat(refused(latin1("(I1\niMailman.Bouncer\n_BounceInfo\n.")).reason())
        .startsWith("INST at 4");
    assertThat(refused(latin1("cMailman.Bouncer\n_BounceInfo\n(I1\nt\u0081.")).reason())
        .startsWith("NEWOBJ");
    assertThat(refused(latin1("(c__builtin__\nset\no.")).reason()).contains("__builtin__.set");
    assertThat(refused(latin1("c__builtin__\nset\n)\u0081.")).reason()).startsWith("NEWOBJ");
    assertThat(refused(latin1("(o.")).reason()).isEqualTo("OBJ at 1 finds no class.");
  }

  @Test
  void buildsNothingButOneDictionaryOfPlainNames() {
    String object = "(iMailman.Bouncer\n_BounceInfo\n";
    assertThat(refused(latin1(object + "(dS'__setstate__'\nI1\nsb.")).reason())
        .isEqualTo("The object begun at 1 has an attribute of no plain name.");
    assertThat(refused(latin1(object + "(dV__class__\nI1\nsb.")).reason())
        .contains("no plain name");
    assertThat(refused(latin1(object + "(dI1\nI1\nsb.")).reason()).contains("no plain name");
    assertThat(refused(latin1(object + "Nb.")).reason()).startsWith("BUILD at 31");
    assertThat(refused(latin1(object + "(N(dtb.")).reason()).startsWith("BUILD");
    assertThat(refused(latin1(object + "(db(db.")).reason()).startsWith("BUILD");
    assertThat(refused(latin1("(d(db.")).reason())
        .isEqualTo("BUILD at 4 gives attributes to what is no object.");
    assertThat(refused(latin1("c__builtin__\nset\n(db.")).reason()).startsWith("BUILD");
  }

  @Test
  void refusesANameOfAClassAsAValue() {
    assertThat(refused(latin1("(lcMailman.Bouncer\n_BounceInfo\na.")).reason())
        .isEqualTo("The name of a class stands at 2 in the place of a value.");
    assertThat(refused(latin1("c__builtin__\nset\n.")).offset()).isZero();
  }

  @Test
  void refusesPointersToTheOutside() {
    assertThat(refused(latin1("Pfile\n.")).reason())
        .isEqualTo("PERSID at 0 points at something outside of the pickle.");
    assertThat(refused(latin1("I1\nQ.")).reason()).startsWith("BINPERSID at 3");
    for (String extension : List.of("\u0082\u0001", "\u0083\u0001\u0000", "\u0084\u0001\0\0\0")) {
      assertThat(refused(latin1(extension + ".")).reason()).matches("EXT[124] at 0 names a.*");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Opcode.class,
      mode = EnumSource.Mode.MATCH_ANY,
      names = {
        "BINBYTES8?",
        "SHORT_BINBYTES",
        "SHORT_BINUNICODE",
        "BINUNICODE8",
        "EMPTY_SET",
        "ADDITEMS",
        "FROZENSET",
        "NEWOBJ_EX",
        "STACK_GLOBAL",
        "MEMOIZE",
        "FRAME",
        "BYTEARRAY8",
        "NEXT_BUFFER",
        "READONLY_BUFFER"
      })
  void refusesTheWordsOfPython3(Opcode opcode) {
    var refused = refused(new byte[] {'N', (byte) opcode.code(), 0, 0, 0, 0, 0, 0, 0, 0, '.'});
    assertThat(refused.reason()).isEqualTo(opcode + " at 1 is a word of Python 3.");
    assertThat(refused.offset()).isEqualTo(1);
  }

  @Test
  void refusesNewerProtocolsAndUnknownWords() {
    assertThat(refused(new byte[] {(byte) 0x80, 4, 'N', '.'}).reason())
        .isEqualTo("PROTO at 0 is of protocol 4; Python 2 writes 0 to 2.");
    assertThat(refused(new byte[] {'N', (byte) 0xFF, '.'}).reason())
        .isEqualTo("The octet 0xff at 1 is no word of a pickle.");
  }

  static Stream<String> malformed() {
    return Stream.of(
        "",
        "(",
        "N",
        ".",
        "(.",
        "I\n.",
        "I1x\n.",
        "I 1\n.",
        "I\u00b9\n.",
        "L\n.",
        "L-L\n.",
        "F\n.",
        "F0x1p3\n.",
        "F1d\n.",
        "F1.5.5\n.",
        "FNaN\n.",
        "S\n.",
        "S'\n.",
        "S'a\n.",
        "S'a\"\n.",
        "Sa\n.",
        "S'\\x1'\n.",
        "S'\\xzz'\n.",
        "S'\\'\n.",
        "V\\u12\n.",
        "V\\uzzzz\n.",
        "V\\U00110000\n.",
        "V\\UFFFFFFFF\n.",
        "Vabc",
        "U\u0005abc.",
        "T\u00ff\u00ff\u00ff\u00ff.",
        "X\u00ff\u00ff\u00ff\u007f.",
        "K",
        "M\u0001",
        "J\u0001\u0001\u0001",
        "G1234567",
        "\u008a\u0004ab.",
        "\u008b\u00ff\u00ff\u00ff\u00ff.",
        "a.",
        "]a.",
        "Na.",
        "NNa.",
        ")Na.",
        "e.",
        "(e.",
        "](NNe",
        "N(e.",
        "s.",
        "}Ns.",
        "}NNNs.",
        "]NNs.",
        "u.",
        "}(Nu.",
        "](NNu.",
        "(Nd.",
        "}]Ns.",
        "}(]Nu.",
        "l.",
        "t.",
        "d.",
        "1.",
        "0.",
        "2.",
        "(2.",
        "N(0R.",
        "\u0085.",
        "N\u0086.",
        "NN\u0087.",
        "g0\n.",
        "gx\n.",
        "g-1\n.",
        "h\0.",
        "j\0\0\0\0.",
        "p0\n.",
        "Np-1\n.",
        "Npx\n.",
        "Nr\u00ff\u00ff\u00ff\u00ff.",
        "(p0\n.",
        "R.",
        "NR.",
        "NNR.",
        "b.",
        "Nb.",
        "c",
        "cos",
        "cos\n",
        "cos\nsystem",
        "o.",
        "No.",
        "(No.",
        "\u0081.",
        "N\u0081.",
        "(i",
        "\u0080",
        "\u0080\u0003N.");
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesWhatIsNoPickle(String text) {
    var refused = refused(latin1(text));
    assertThat(refused.reason()).endsWith(".");
    assertThat(refused.offset()).isBetween(0, text.length());
  }

  @Test
  void namesNoKeyThatIsACollection() {
    byte[] pickle = new PickleWriter(2).value(Map.of(List.of(1), 2)).stop();
    assertThat(refused(pickle).reason()).isEqualTo("A key of the dictionary begun at 2 is a list.");
    byte[] tuple = new PickleWriter(2).value(Map.of(PickleWriter.Tuple.of(1), 2)).stop();
    assertThat(refused(tuple).reason()).contains("A key");
  }
}
