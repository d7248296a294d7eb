package org.milena.archive.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.archive.message.MessageParser;
import org.milena.archive.message.ParsedMessage;
import org.milena.common.event.ArchiveId;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;
import org.milena.testkit.corpus.IndexEntry;

/** The threads of real lists, as another program has grouped them. */
class ThreadCorpusTest {

  @ParameterizedTest
  @ValueSource(strings = {"tomoyo-users-en", "samba-technical-part1", "usrp-users-part1", "cocci"})
  void groupsAsTheIndexDoes(String list) {
    assertThat(differences(list)).isEmpty();
  }

  /**
   * Five times somebody answered from the pages of marc.info, which write ids as {@code id () host
   * ! org}. We read those, the index does not, so there are five joins more.
   */
  @Test
  void groupsOneListBetterThanTheIndexDoes() {
    assertThat(differences("linux-raid-part1").stream().map(text -> text.replaceAll(",.*", "")))
        .hasSize(19)
        .allMatch(text -> text.matches("\\d+ with (849|4743|5054|5156|7519)"));
  }

  private static List<String> differences(String list) {
    List<ThreadPost> posts = posts(list);
    Map<ArchiveId, ArchiveId> threads = Threads.group(posts, false);
    List<Integer> ours = canonical(posts.stream().map(post -> threads.get(post.id())).toList());
    List<Integer> theirs = canonical(Corpus.index(list).stream().map(IndexEntry::thread).toList());
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < posts.size(); i++) {
      if (!ours.get(i).equals(theirs.get(i))) {
        differences.add(
            "%d with %d, theirs with %d: %s"
                .formatted(i + 1, ours.get(i) + 1, theirs.get(i) + 1, posts.get(i)));
      }
    }
    return differences;
  }

  @ParameterizedTest
  @ValueSource(strings = {"tomoyo-users-en", "samba-technical-part1"})
  void doesNotDependOnTheOrderOfArrival(String list) {
    List<ThreadPost> posts = posts(list);
    Map<ArchiveId, ArchiveId> expected = Threads.group(posts, false);
    for (int seed = 0; seed < 3; seed++) {
      Random random = new Random(seed);
      List<ThreadPost> shuffled = new ArrayList<>(posts);
      Collections.shuffle(shuffled, random);
      MemoryThreadIndex index = new MemoryThreadIndex();
      for (int at = 0; at < shuffled.size(); ) {
        int end = Math.min(shuffled.size(), at + 1 + random.nextInt(100));
        List<ThreadPost> batch = shuffled.subList(at, end);
        index.add(batch, new ThreadPlanner(index, false).plan(ThreadPosts.LIST, batch));
        at = end;
      }
      assertThat(index.threads()).isEqualTo(expected);
    }
  }

  static List<ThreadPost> posts(String list) {
    List<ThreadPost> posts = new ArrayList<>();
    for (CorpusMessage message : Corpus.list(list)) {
      ParsedMessage parsed = new MessageParser().parse(message.message());
      Instant date = parsed.date();
      posts.add(
          new ThreadPost(
              ArchiveId.compute(ThreadPosts.LIST, parsed.messageId(), message.message().sha256()),
              date == null ? Instant.EPOCH : date,
              parsed.messageId(),
              parsed.references(),
              parsed.inReplyTo(),
              parsed.subject()));
    }
    return posts;
  }

  /** Groups by the place of their first member, so that two groupings can be compared. */
  private static List<Integer> canonical(List<?> groups) {
    Map<Object, Integer> first = new HashMap<>();
    List<Integer> canonical = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      Integer known = first.putIfAbsent(groups.get(i), i);
      canonical.add(known == null ? Integer.valueOf(i) : known);
    }
    return canonical;
  }
}
