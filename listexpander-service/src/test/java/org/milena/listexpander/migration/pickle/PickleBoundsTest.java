package org.milena.listexpander.migration.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A small pickle may ask for a large value; it does not get it. */
class PickleBoundsTest {
  private static final PickleLimits TIGHT = new PickleLimits(10_000, 1_000, 2_000, 10, 20, 64);

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String reason(byte[] pickle, PickleLimits limits) {
    return assertInstanceOf(PickleResult.Refused.class, Pickle.read(pickle, limits)).reason();
  }

  private static String reason(String pickle) {
    return reason(latin1(pickle), PickleLimits.STANDARD);
  }

  @Test
  void refusesLaughsThroughTheMemo() {
    StringBuilder pickle = new StringBuilder("]p0\n0");
    for (int i = 1; i <= 60; i++) {
      pickle.append("](").append("g%d\n".formatted(i - 1).repeat(10));
      pickle.append("ep").append(i).append("\n0");
    }
    assertThat(reason(pickle + "g60\n.")).endsWith("is too large when written out.");
  }

  @Test
  void refusesLaughsThatGrowByOneLongText() {
    PickleWriter writer = new PickleWriter(2).value("x".repeat(1 << 20));
    writer.op(Opcode.BINPUT).octet(0).op(Opcode.MARK);
    for (int i = 0; i < 100; i++) {
      writer.op(Opcode.BINGET).octet(0);
    }
    assertThat(reason(writer.op(Opcode.TUPLE).stop(), PickleLimits.STANDARD))
        .endsWith("is too large when written out.");
  }

  @Test
  void refusesLongKeysUsedOverAndOver() {
    PickleWriter writer = new PickleWriter(2);
    for (int i = 0; i < 2; i++) {
      writer.value("x".repeat(1 << 20) + i).op(Opcode.BINPUT).octet(i).op(Opcode.POP);
    }
    writer.op(Opcode.EMPTY_DICT);
    for (int i = 0; i < 1_000_000; i++) {
      writer.op(Opcode.BINGET).octet(i % 2).op(Opcode.NONE).op(Opcode.SETITEM);
    }
    assertThat(reason(writer.stop(), PickleLimits.STANDARD))
        .endsWith("is too large when written out.");
  }

  @Test
  void copiesNoListForASet() {
    PickleWriter writer = new PickleWriter(2).op(Opcode.EMPTY_LIST).op(Opcode.BINPUT).octet(0);
    writer.op(Opcode.MARK);
    for (int i = 0; i < 100_000; i++) {
      writer.op(Opcode.NONE);
    }
    writer.op(Opcode.APPENDS);
    writer.op(Opcode.GLOBAL).line("__builtin__").line("set").op(Opcode.BINPUT).octet(1);
    writer.op(Opcode.MARK);
    for (int i = 0; i < 100_000; i++) {
      writer.op(Opcode.BINGET).octet(1).op(Opcode.BINGET).octet(0);
      writer.op(Opcode.TUPLE1).op(Opcode.REDUCE);
    }
    assertThat(reason(writer.op(Opcode.TUPLE).stop(), PickleLimits.STANDARD))
        .endsWith("is too large when written out.");
  }

  @Test
  void refusesAMillionMarksAndListsInEachOther() {
    assertThat(reason("(".repeat(1_000_000) + ".")).isEqualTo("The pickle is deeper than 100.");
    assertThat(reason("]".repeat(1_000_000) + "a".repeat(999_999) + "."))
        .isEqualTo("The pickle is deeper than 100.");
    assertThat(reason(")" + "\u0085".repeat(1_000_000) + "."))
        .isEqualTo("The pickle is deeper than 100.");
    assertThat(reason("}" + "p0\n0}I1\ng0\ns".repeat(200_000) + "."))
        .isEqualTo("The pickle is deeper than 100.");
  }

  @Test
  void countsDepthThroughWhatIsSharedToo() {
    String tower = ")" + "\u0085".repeat(60) + "p0\n0";
    assertThat(Pickle.read(latin1(tower + "g0\n."))).isInstanceOf(PickleResult.Read.class);
    assertThat(reason("(" + tower + "g0\ng0\n" + "\u0085".repeat(60) + "t."))
        .isEqualTo("The pickle is deeper than 100.");
  }

  @Test
  void refusesWhatHoldsItself() {
    assertThat(reason("]p0\ng0\na.")).isEqualTo("The value begun at 0 holds itself.");
    assertThat(reason("}p0\nI1\ng0\ns.")).isEqualTo("The value begun at 0 holds itself.");
    assertThat(reason("(]p0\n(g0\ntp1\n0g1\nat.")).isEqualTo("The value begun at 1 holds itself.");
    assertThat(reason("]p0\nc__builtin__\nset\n(g0\ntRa."))
        .isEqualTo("The value begun at 0 holds itself.");
    assertThat(reason("(iMailman.Bouncer\n_BounceInfo\np0\n}S'a'\ng0\nsb."))
        .isEqualTo("The value begun at 1 holds itself.");
  }

  @Test
  void refusesMoreThanTheLimits() {
    assertThat(reason(new byte[10_001], TIGHT))
        .isEqualTo("The pickle is longer than 10000 octets.");
    assertThat(reason(latin1("N0".repeat(1_001) + "."), TIGHT))
        .isEqualTo("The pickle holds more than 1000 values.");
    StringBuilder remembered = new StringBuilder("N");
    for (int i = 0; i <= 20; i++) {
      remembered.append("p").append(i * 1_000_003).append('\n');
    }
    assertThat(reason(latin1(remembered + "."), TIGHT))
        .isEqualTo("The pickle remembers more than 20 values.");
    assertThat(reason(latin1("(".repeat(11)), TIGHT)).isEqualTo("The pickle is deeper than 10.");
  }

  @Test
  void boundsWholeNumbers() {
    String longest = "9".repeat(64);
    assertThat(Pickle.read(latin1("L" + longest + "L\n."))).isInstanceOf(PickleResult.Read.class);
    assertThat(Pickle.read(latin1("I-" + longest + "\n."))).isInstanceOf(PickleResult.Read.class);
    assertThat(reason("L1" + longest + "L\n.")).contains("more than 64 digits");
    assertThat(reason("I1" + longest + "\n.")).contains("more than 64 digits");
    assertThat(reason("I" + "1".repeat(1_000_000) + "\n.")).contains("more than 64 digits");
    assertThat(reason("F" + "1".repeat(1_000_000) + "\n.")).contains("holds no number");
    assertThat(reason("\u008a\u0040" + "x".repeat(64) + ".")).contains("more than 64 digits");
    assertThat(reason("\u008b\0\0\0\u0001" + "x".repeat(64) + ".")).contains("more than 64 digits");
  }
}
