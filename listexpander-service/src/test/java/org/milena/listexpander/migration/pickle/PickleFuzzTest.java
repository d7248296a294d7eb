package org.milena.listexpander.migration.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No octets make the reader throw, or make a value beyond the limits. */
class PickleFuzzTest {
  private static final PickleLimits LIMITS = new PickleLimits(4_096, 2_000, 20_000, 20, 500, 64);
  private static final Opcode[] WORDS = Opcode.values();

  private static byte[] sample(int protocol) {
    return PickleWriter.pickle(
        protocol,
        Map.of(
            "members", Map.of("ann@a.example", 0, "bob@b.example", "Bob@b.example"),
            "numbers", List.of(1, -5, 70_000, 2.5, true, 12L),
            "words", Set.of("a", "b"),
            "names", new PickleWriter.Unicode("Ω\\"),
            "bounce_info",
                Map.of(
                    "ann@a.example",
                    new PickleWriter.BounceInfo(
                        Map.of("score", 2.0, "date", PickleWriter.Tuple.of(2020, 2, 29))))));
  }

  private static int size(PickleValue value) {
    return switch (value) {
      case PickleValue.Items(var items) -> 1 + items.stream().mapToInt(PickleFuzzTest::size).sum();
      case PickleValue.Entries(var map) ->
          1
              + map.entrySet().stream()
                  .mapToInt(entry -> size(entry.getKey()) + size(entry.getValue()))
                  .sum();
      case PickleValue.Instance(_, var state) -> 1 + size(state);
      default -> 1;
    };
  }

  /** Reads it; whether it could be read. */
  private static boolean check(byte[] octets, String what) {
    try {
      return switch (Pickle.read(octets, LIMITS)) {
        case PickleResult.Read(var value) -> {
          assertThat(size(value)).as(what).isLessThanOrEqualTo(LIMITS.values());
          assertThat(value.toString()).isNotNull();
          yield true;
        }
        case PickleResult.Refused(var reason, var offset) -> {
          assertThat(reason).as(what).endsWith(".").hasSizeLessThan(300);
          assertThat(offset).as(what).isBetween(0, octets.length);
          yield false;
        }
      };
    } catch (RuntimeException | Error e) {
      return fail(what + ": " + Arrays.toString(octets), e);
    }
  }

  @Test
  void readsMutatedPicklesOrRefusesThem() {
    Random random = new Random(20_250_711);
    int read = 0;
    for (int round = 0; round < 60_000; round++) {
      byte[] octets = sample(round % 3);
      for (int i = random.nextInt(4); i >= 0; i--) {
        int at = random.nextInt(octets.length);
        octets =
            switch (random.nextInt(4)) {
              case 0 -> with(octets, at, (byte) random.nextInt(256));
              case 1 -> with(octets, at, word(random));
              case 2 -> Arrays.copyOf(octets, Math.max(1, at));
              default -> doubled(octets, at, Math.min(octets.length, at + random.nextInt(40)));
            };
      }
      read += check(octets, "round " + round) ? 1 : 0;
    }
    assertThat(read).as("some mutations leave a pickle a pickle").isPositive();
  }

  @Test
  void readsEveryPrefixOrRefusesIt() {
    for (int protocol = 0; protocol <= 2; protocol++) {
      byte[] octets = sample(protocol);
      assertThat(check(octets, "whole")).isTrue();
      for (int length = 0; length < octets.length; length++) {
        assertThat(check(Arrays.copyOf(octets, length), "prefix of " + length)).isFalse();
      }
    }
  }

  /** Sentences of nothing but words, so that the stack and the memo are put to use. */
  @Test
  void readsSentencesOfAnyWordsOrRefusesThem() {
    Random random = new Random(7);
    int read = 0;
    for (int round = 0; round < 200_000; round++) {
      byte[] octets = new byte[1 + random.nextInt(30)];
      for (int i = 0; i < octets.length; i++) {
        octets[i] = random.nextInt(8) == 0 ? (byte) random.nextInt(4) : word(random);
      }
      read += check(octets, "round " + round) ? 1 : 0;
    }
    assertThat(read).isPositive();
  }

  private static byte word(Random random) {
    return (byte) WORDS[random.nextInt(WORDS.length)].code();
  }

  private static byte[] with(byte[] octets, int at, byte octet) {
    byte[] changed = octets.clone();
    changed[at] = octet;
    return changed;
  }

  private static byte[] doubled(byte[] octets, int from, int to) {
    byte[] grown = Arrays.copyOf(octets, octets.length + to - from);
    System.arraycopy(octets, from, grown, to, octets.length - from);
    return grown;
  }
}
