package org.milena.listexpander.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.milena.common.directory.Member;
import org.milena.common.event.DigestPost;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.DigestSettings;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.VolumeEvery;
import org.milena.listexpander.digest.DigestWorld.Sent;

/** Whatever is posted when: nothing is lost, nothing comes twice, and issues have no gap. */
class DigestPropertyTest {
  private static final String[] ZONES = {"UTC", "Europe/Berlin", "Pacific/Apia", "Asia/Kolkata"};
  private static final Pattern NUMBERED =
      Pattern.compile("Users of X Digest, Vol (\\d+), Issue (\\d+)");
  private static final Pattern NAME = Pattern.compile("Message-ID: <(\\d+)@a\\.example>");

  @RepeatedTest(40)
  void eachPostStandsInOneDigestOfEachFormAndInOneSummary(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    ListSettings settings =
        ListSettings.DISCUSSION
            .with("digestSizeKb", random.nextInt(4))
            .with("digestPosts", random.nextInt(6))
            .with("digestHour", random.nextInt(25) - 1)
            .with("digestVolume", VolumeEvery.values()[random.nextInt(5)].name())
            .with("timeZone", ZONES[random.nextInt(ZONES.length)]);
    DigestWorld world = new DigestWorld(settings, new DigestLimits(6_000, 3_000, 1_000, 8));
    world.member("mime@a.example", DeliveryMode.MIME_DIGEST);
    world.member("plain@a.example", DeliveryMode.PLAIN_DIGEST);
    world.member("sum@a.example", DeliveryMode.SUMMARY);
    Map<String, List<String>> owedToLeavers = new HashMap<>();
    int posts = 0;
    for (int step = 0; step < 150; step++) {
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          posts++;
          world.post(
              "From: ann@a.example\nSubject: S\nMessage-ID: <"
                  + posts
                  + "@a.example>\n\n"
                  + ("text " + "-".repeat(random.nextInt(40)) + "\n").repeat(random.nextInt(60)));
        }
        case 3 -> world.later(Duration.ofHours(random.nextInt(30)));
        case 4 -> world.later(Duration.ofDays(random.nextInt(40)));
        case 5 -> leave(world, "leaver" + step + "@a.example", random, owedToLeavers);
        default -> {
          world.chores();
          respectsThresholds(world);
        }
      }
      world.later(Duration.ofMillis(1));
    }
    world.settings(settings.with("digests", false));
    while (world.chores()) {
      world.later(Duration.ofMinutes(1));
    }
    assertThat(world.waiting()).isEmpty();
    List<String> all = new ArrayList<>();
    for (int i = 1; i <= posts; i++) {
      all.add(String.valueOf(i));
    }
    for (String reader : List.of("mime@a.example", "plain@a.example")) {
      List<String> read = new ArrayList<>();
      List<int[]> numbers = new ArrayList<>();
      for (Sent digest : to(world, reader)) {
        Matcher numbered = NUMBERED.matcher(digest.subject());
        assertThat(numbered.matches()).as(digest.subject()).isTrue();
        numbers.add(
            new int[] {Integer.parseInt(numbered.group(1)), Integer.parseInt(numbered.group(2))});
        assertThat(names(digest)).isNotEmpty();
        read.addAll(names(digest));
      }
      assertThat(read).as(reader).isEqualTo(all);
      for (int i = 1; i < numbers.size(); i++) {
        int[] before = numbers.get(i - 1);
        assertThat(numbers.get(i))
            .isIn(new int[] {before[0], before[1] + 1}, new int[] {before[0] + 1, 1});
      }
    }
    assertThat(
            to(world, "sum@a.example").stream()
                .mapToInt(summary -> summarised(DigestParser.text(summary.text())))
                .sum())
        .isEqualTo(posts);
    owedToLeavers.forEach((leaver, owed) ->
        assertThat(to(world, leaver).stream().flatMap(sent -> names(sent).stream()))
            .as(leaver)
            .containsExactlyElementsOf(owed));
  }

  /** Somebody leaves the digest; what waits is owed. */
  private static void leave(
      DigestWorld world, String address, Random random, Map<String, List<String>> owed) {
    DeliveryMode mode = random.nextBoolean() ? DeliveryMode.MIME_DIGEST : DeliveryMode.PLAIN_DIGEST;
    Member before = world.member(address, mode);
    world.member(address, DeliveryMode.EVERY_POST);
    owed.put(
        address,
        Waiting.forDigest(world.waiting()).stream()
            .map(row -> world.reader().read(row.content()).message())
            .map(message ->
                NAME.matcher(new String(message.toByteArray(), StandardCharsets.US_ASCII))
                    .results()
                    .findFirst())
            .map(name -> name.orElseThrow().group(1))
            .toList());
    world.write(ledger -> world.box.farewell(ledger, world.list(), before));
  }

  private static void respectsThresholds(DigestWorld world) {
    DigestSettings settings = world.list().settings().digests();
    while (world.chores()) {
      world.later(Duration.ofMinutes(1)); // when more waits than goes out at once
    }
    List<DigestPost> waiting = Waiting.forDigest(world.waiting());
    long size = waiting.stream().mapToLong(row -> row.size()).sum();
    assertThat(settings.digestSizeKb() == 0 || size < 1024L * settings.digestSizeKb()).isTrue();
    assertThat(settings.digestPosts() == 0 || waiting.size() < settings.digestPosts()).isTrue();
    assertThat(waiting.size()).isLessThan(8);
  }

  private static List<Sent> to(DigestWorld world, String reader) {
    return world.sent().stream().filter(sent -> sent.recipients().contains(reader)).toList();
  }

  private static List<String> names(Sent digest) {
    boolean mime = digest.text().contains("multipart/digest");
    List<String> messages =
        mime
            ? DigestParser.leaves(digest.text(), "message/rfc822")
            : DigestParser.messages(digest.text());
    return messages.stream()
        .map(message -> NAME.matcher(message).results().findFirst().orElseThrow().group(1))
        .toList();
  }

  private static int summarised(String text) {
    Matcher count = Pattern.compile("(?m)^([\\d,]+) posts? in ").matcher(text);
    assertThat(count.find()).isTrue();
    return Integer.parseInt(count.group(1).replace(",", ""));
  }
}
