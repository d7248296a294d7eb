package org.milena.listexpander.migration.mailman2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.milena.listexpander.migration.pickle.PickleWriter;
import org.milena.listexpander.migration.pickle.PickleWriter.BounceInfo;
import org.milena.listexpander.migration.pickle.PickleWriter.Tuple;
import org.milena.listexpander.migration.pickle.PickleWriter.Unicode;

/** No file makes the reader of lists throw, and no field goes unaccounted for. */
class Mailman2ConfigFuzzTest {

  private static Mailman2Reading read(byte[] octets, String what) {
    try {
      return Mailman2Config.read("x", octets);
    } catch (RuntimeException | Error e) {
      return fail(what, e);
    }
  }

  @Test
  void readsMutatedListsOrRefusesThem() {
    Random random = new Random(21);
    byte[][] samples = new byte[3][];
    for (int protocol = 0; protocol < 3; protocol++) {
      samples[protocol] = PickleWriter.pickle(protocol, SampleList.fields());
    }
    int read = 0;
    for (int round = 0; round < 6_000; round++) {
      byte[] octets = samples[round % 3].clone();
      for (int i = random.nextInt(6); i >= 0; i--) {
        octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
      }
      if (random.nextInt(10) == 0) {
        octets = Arrays.copyOf(octets, random.nextInt(octets.length));
      }
      read += read(octets, "round " + round) instanceof Mailman2Reading.Read ? 1 : 0;
    }
    assertThat(read).isPositive();
  }

  /** Well-formed pickles, with values of the wrong kind anywhere. */
  @Test
  void accountsForEveryFieldWhateverItHolds() {
    Random random = new Random(2_026);
    List<String> names = new ArrayList<>(SampleList.fields().keySet());
    for (int round = 0; round < 3_000; round++) {
      Map<String, Object> fields = SampleList.fields();
      for (int i = random.nextInt(30); i >= 0; i--) {
        fields.put(names.get(random.nextInt(names.size())), value(random, 0));
      }
      String what = "round " + round + ": " + fields;
      if (read(PickleWriter.pickle(1, fields), what)
          instanceof Mailman2Reading.Read(var list, var report)) {
        assertThat(list.toString()).doesNotContain(SampleList.SECRET);
        assertThat(report.toString()).doesNotContain(SampleList.SECRET);
        assertThat(report.notes().stream().map(FieldNote::field).distinct())
            .as(what)
            .containsExactlyInAnyOrderElementsOf(fields.keySet());
      } else {
        fail(what);
      }
    }
  }

  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth > 2 ? 7 : 11)) {
      case 0 -> random.nextInt(10);
      case 1 -> random.nextInt();
      case 2 -> random.nextLong();
      case 3 -> random.nextDouble() * Math.pow(10, random.nextInt(300));
      case 4 -> random.nextBoolean();
      case 5 -> new Unicode("\uFFFD" + random.nextInt());
      case 6 -> octets(random);
      case 7 -> List.of(value(random, depth + 1), value(random, depth + 1));
      case 8 ->
          Tuple.of(value(random, depth + 1), value(random, depth + 1), value(random, depth + 1));
      case 9 ->
          new BounceInfo(Map.of("score", value(random, depth + 1), "date", Tuple.of(2020, 13, 1)));
      default -> SampleList.map("ann@a.example", value(random, depth + 1));
    };
  }

  private static byte[] octets(Random random) {
    byte[] octets = new byte[random.nextInt(20)];
    random.nextBytes(octets);
    return octets;
  }
}
