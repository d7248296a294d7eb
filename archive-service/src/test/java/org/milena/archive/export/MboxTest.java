package org.milena.archive.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.archive.export.Mbox.Length;
import org.milena.archive.post.MessageMemory;
import org.milena.archive.search.ChangedMeanwhileException;

class MboxTest {
  private static final MboxForm PLAIN = new MboxForm(false, false);
  private static final MboxForm GZIP = new MboxForm(false, true);

  private static final MessageMemory MEMORY = new MessageMemory(64 << 20, Duration.ofMinutes(1));

  private final Marks marks = new Marks();

  /** Whatever the posts are, and wherever the connection breaks. */
  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void joinsAnyStretchesToTheWhole(boolean masked, boolean gzip) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    MboxForm form = new MboxForm(masked, gzip);
    for (int round = 0; round < 40; round++) {
      MemoryPosts posts = MemoryPosts.random(random, random.nextInt(200));
      byte[] whole = whole(posts, form, new Marks());
      Marks seen = new Marks();
      ByteArrayOutputStream joined = new ByteArrayOutputStream();
      int from = 0;
      while (from < whole.length) {
        int until = Math.min(whole.length, from + 1 + random.nextInt(1 + whole.length / 2));
        // another process has seen nothing
        Marks known = random.nextInt(3) == 0 ? new Marks() : seen;
        try (Mbox mbox = mbox(posts, form, known)) {
          assertThat(size(mbox)).isEqualTo(whole.length);
          mbox.writeTo(joined, from, until);
        }
        from = until;
        assertThat(joined.size()).isEqualTo(from);
      }
      assertThat(joined.toByteArray()).isEqualTo(whole);
    }
  }

  @Test
  void compressesWhatItWouldWriteOtherwise() throws IOException {
    MemoryPosts posts = MemoryPosts.random(new SplittableRandom(1), 150);
    byte[] compressed = whole(posts, GZIP, marks);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      assertThat(in.readAllBytes()).isEqualTo(whole(posts, PLAIN, marks));
    }
  }

  @Test
  void compressesNothingToSomething() throws IOException {
    byte[] compressed = whole(new MemoryPosts(), GZIP, marks);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      assertThat(in.readAllBytes()).isEmpty();
    }
    assertThat(whole(new MemoryPosts(), PLAIN, marks)).isEmpty();
  }

  @Test
  void hidesAddressesWhereItShould() throws IOException {
    MemoryPosts posts = new MemoryPosts();
    posts.add("Subject: x\n\nFrom carla@hidden.example\n");
    assertThat(new String(whole(posts, new MboxForm(true, false), marks), StandardCharsets.UTF_8))
        .startsWith("From a...@author.example ")
        .contains("\n>From c...@hidden.example\n");
  }

  /** However much it takes to make them, whoever reads slowly keeps what is still to be sent. */
  @ParameterizedTest
  @CsvSource({"false,false", "true,false", "true,true"})
  void keepsNoMoreMemoryThanItsPostsWhileTheyAreRead(boolean masked, boolean gzip)
      throws IOException {
    MemoryPosts posts = new MemoryPosts();
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < 3; i++) {
      byte[] text = new byte[300_000];
      random.nextBytes(text);
      posts.add("Subject: x\n\n" + HexFormat.of().formatHex(text) + " carla@hidden.example\n");
    }
    MessageMemory memory = new MessageMemory(64 << 20, Duration.ofMinutes(1));
    AtomicLong most = new AtomicLong();
    OutputStream slow =
        new OutputStream() {
          @Override
          public void write(int octet) {
            most.accumulateAndGet(memory.taken(), Math::max);
          }

          @Override
          public void write(byte[] octets, int offset, int length) {
            most.accumulateAndGet(memory.taken(), Math::max);
          }
        };
    try (Mbox mbox =
        new Mbox("test", posts.walk(), posts, memory, new MboxForm(masked, gzip), marks)) {
      mbox.writeTo(slow);
    }
    assertThat(most.get()).isPositive().isLessThan(2_000_000);
    assertThat(memory.taken()).isZero();
  }

  @Test
  void goesOnFromWhereTheConnectionBroke() throws IOException {
    MemoryPosts posts = MemoryPosts.random(new SplittableRandom(2), 1000);
    byte[] whole = whole(posts, PLAIN, new Marks());
    int broken = whole.length * 3 / 4;
    try (Mbox mbox = mbox(posts, PLAIN, marks)) {
      assertThatThrownBy(() -> mbox.writeTo(new Breaking(broken))).isInstanceOf(IOException.class);
    }
    posts.askedBehind.clear();
    try (Mbox mbox = mbox(posts, PLAIN, marks)) {
      mbox.writeTo(OutputStream.nullOutputStream(), broken - 1, size(mbox));
    }
    assertThat(posts.askedBehind)
        .allMatch(place -> place.date().isAfter(posts.posts.get(600).date()));
  }

  /** Takes so many octets. */
  private static final class Breaking extends OutputStream {
    private int room;

    Breaking(int room) {
      this.room = room;
    }

    @Override
    public void write(int octet) throws IOException {
      if (room-- <= 0) {
        throw new IOException("broken");
      }
    }
  }

  @Test
  void namesOtherOctetsOtherwise() {
    MemoryPosts posts = MemoryPosts.random(new SplittableRandom(3), 3);
    List<String> tags = new ArrayList<>();
    tags.add(tag(posts, "a", PLAIN));
    tags.add(tag(posts, "b", PLAIN));
    tags.add(tag(posts, "a", GZIP));
    tags.add(tag(posts, "a", new MboxForm(true, false)));
    assertThat(tag(posts, "a", PLAIN)).isEqualTo(tags.getFirst());
    posts.add("Subject: late\n\n");
    tags.add(tag(posts, "a", PLAIN));
    assertThat(tags).doesNotHaveDuplicates();
  }

  private String tag(MemoryPosts posts, String name, MboxForm form) {
    try (Mbox mbox = new Mbox(name, posts.walk(), posts, MEMORY, form, marks)) {
      return mbox.tag();
    }
  }

  @Test
  void leavesOutOfTheWholeWhatWentAwayAndGivesNoStretchOfIt() throws IOException {
    MemoryPosts posts = MemoryPosts.random(new SplittableRandom(4), 10);
    whole(posts, PLAIN, marks);
    posts.lose(posts.posts.get(3));
    assertThat(new String(whole(posts, PLAIN, marks), StandardCharsets.UTF_8))
        .contains("Subject: 2")
        .doesNotContain("Subject: 3")
        .contains("Subject: 4");
    try (Mbox mbox = mbox(posts, PLAIN, marks)) {
      assertThatThrownBy(() -> size(mbox)).isInstanceOf(ChangedMeanwhileException.class);
      assertThatThrownBy(() -> mbox.writeTo(OutputStream.nullOutputStream(), 0, 10))
          .isInstanceOf(ChangedMeanwhileException.class);
    }
  }

  @Test
  void keepsFewPlacesOfAnMboxAndFewMboxes() {
    for (int offset = 0; offset < 100_000; offset++) {
      marks.add("a", new Marks.Mark(offset, null));
    }
    assertThat(marks.before("a", 50_000).offset()).isBetween(49_000L, 50_000L);
    assertThat(marks.before("a", Long.MAX_VALUE).offset()).isEqualTo(99_999);
    for (int other = 0; other < 1000; other++) {
      marks.end("b" + other, other);
    }
    assertThat(marks.size("b999")).isEqualTo(999);
    assertThat(marks.size("b0")).isNull();
    assertThat(marks.before("a", 50_000).offset()).isZero();
  }

  @Test
  void forgetsSmallMboxesBeforeALargeOne() {
    Marks marks = new Marks();
    long large = 2L << 30;
    marks.add("large", new Marks.Mark(large, null));
    for (int other = 0; other < 1000; other++) {
      marks.end("small" + other, 10);
    }
    assertThat(marks.before("large", Long.MAX_VALUE).offset()).isEqualTo(large);
    assertThat(marks.size("small999")).isEqualTo(10);
    assertThat(marks.size("small1")).isNull();
    for (int other = 0; other < 1000; other++) {
      marks.add("large" + other, new Marks.Mark(large, null));
    }
    assertThat(marks.before("large", Long.MAX_VALUE)).isEqualTo(Marks.Mark.BEGINNING);
  }

  @Test
  void runsSoManyAtOnce() {
    ExportLimit limit = new ExportLimit(1);
    ExportLimit.Permit first = limit.enter().orElseThrow();
    assertThat(limit.enter()).isEmpty();
    first.close();
    assertThat(limit.enter()).isPresent();
  }

  @Test
  void countsInStepsHowLongItIs() throws IOException {
    MemoryPosts posts = MemoryPosts.random(new SplittableRandom(5), 1000);
    int size = whole(posts, PLAIN, new Marks()).length;
    List<Long> known = new ArrayList<>();
    Length length = new Length.AtLeast(0);
    while (length instanceof Length.AtLeast(long octets)) {
      known.add(octets);
      posts.askedBehind.clear();
      try (Mbox mbox = mbox(posts, PLAIN, marks)) {
        length = mbox.length(Long.MAX_VALUE, 10_000);
      }
    }
    assertThat(length).isEqualTo(new Length.Known(size));
    assertThat(known).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(5);
    assertThat(posts.askedBehind)
        .as("the last step began where the one before ended")
        .allMatch(place -> place.date().isAfter(posts.posts.get(500).date()));
  }

  @Test
  void countsNoMoreThanIsWanted() throws IOException {
    MemoryPosts posts = MemoryPosts.random(new SplittableRandom(6), 1000);
    try (Mbox mbox = mbox(posts, PLAIN, marks)) {
      assertThat(mbox.length(0, 0)).isEqualTo(new Length.AtLeast(0));
      assertThat(posts.askedBehind).isEmpty();
      assertThat(mbox.length(5_000, Long.MAX_VALUE))
          .isInstanceOfSatisfying(
              Length.AtLeast.class,
              least -> assertThat(least.octets()).isBetween(5_000L, 100_000L));
      posts.askedBehind.clear();
      assertThat(mbox.length(5_000, Long.MAX_VALUE)).isInstanceOf(Length.AtLeast.class);
      assertThat(posts.askedBehind).as("it is known already").isEmpty();
    }
  }

  @Test
  void knowsThatNothingHasNoLength() throws IOException {
    try (Mbox mbox = mbox(new MemoryPosts(), PLAIN, marks)) {
      assertThat(mbox.length(Long.MAX_VALUE, 1)).isEqualTo(new Length.Known(0));
    }
  }

  private static long size(Mbox mbox) throws IOException {
    return mbox.length(Long.MAX_VALUE, 1L << 40) instanceof Length.Known(long size) ? size : -1;
  }

  private static byte[] whole(MemoryPosts posts, MboxForm form, Marks marks) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Mbox mbox = mbox(posts, form, marks)) {
      mbox.writeTo(out);
    }
    return out.toByteArray();
  }

  private static Mbox mbox(MemoryPosts posts, MboxForm form, Marks marks) {
    return new Mbox("test", posts.walk(), posts, MEMORY, form, marks);
  }
}
