package org.milena.archive.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.milena.archive.thread.ThreadPosts.LIST;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.milena.common.event.ArchiveId;

/** Few message ids, so that circles, copies and missing parents are common. */
class ThreadPropertyTest {

  @Test
  void groupsTheSameInAnyOrderAndBatch() {
    everyRound((posts, random) ->
        assertThat(arrive(posts, random, true).threads()).isEqualTo(Threads.group(posts, true)));
  }

  @Test
  void groupsTheSameWithoutSubjects() {
    everyRound((posts, random) ->
        assertThat(arrive(posts, random, false).threads()).isEqualTo(Threads.group(posts, false)));
  }

  @Test
  void groupsTheSameAfterPostsAreGone() {
    everyRound((posts, random) -> {
      MemoryThreadIndex index = arrive(posts, random, true);
      Set<ArchiveId> gone = new HashSet<>();
      List<ThreadPost> left = new ArrayList<>();
      for (ThreadPost post : posts) {
        if (random.nextInt(4) == 0) {
          gone.add(post.id());
        } else {
          left.add(post);
        }
      }
      Set<ArchiveId> threads = new HashSet<>();
      index
          .threads()
          .forEach((id, thread) -> {
            if (gone.contains(id)) {
              threads.add(thread);
            }
          });
      index.remove(gone, new ThreadPlanner(index, true).without(LIST, threads, gone));
      assertThat(index.threads()).isEqualTo(Threads.group(left, true));
    });
  }

  @Test
  void drawsTheSameTreeInAnyOrder() {
    everyRound((posts, random) -> {
      List<ThreadPost> shuffled = new ArrayList<>(posts);
      Collections.shuffle(shuffled, random);
      assertThat(ThreadTree.of(shuffled)).isEqualTo(ThreadTree.of(posts));
    });
  }

  @Test
  void drawsEveryPostOnceBelowItsParent() {
    everyRound((posts, _) -> {
      List<ThreadNode> nodes = ThreadTree.of(posts);
      assertThat(nodes.stream().map(ThreadNode::id))
          .containsExactlyInAnyOrderElementsOf(posts.stream().map(ThreadPost::id).toList());
      Map<ArchiveId, Integer> depths = new HashMap<>();
      for (ThreadNode node : nodes) {
        ArchiveId parent = node.parent();
        if (parent == null) {
          assertThat(node.depth()).isZero();
        } else {
          assertThat(depths).containsEntry(parent, node.depth() - 1);
        }
        depths.put(node.id(), node.depth());
      }
    });
  }

  private static void everyRound(BiConsumer<List<ThreadPost>, RandomGenerator> property) {
    for (int seed = 0; seed < 2_000; seed++) {
      var random = new SplittableRandom(seed);
      try {
        property.accept(posts(random), random);
      } catch (RuntimeException | Error e) {
        fail("seed " + seed, e);
      }
    }
  }

  private static MemoryThreadIndex arrive(
      List<ThreadPost> posts, RandomGenerator random, boolean bySubject) {
    List<ThreadPost> shuffled = new ArrayList<>(posts);
    Collections.shuffle(shuffled, random);
    MemoryThreadIndex index = new MemoryThreadIndex();
    ThreadPlanner planner = new ThreadPlanner(index, bySubject);
    int at = 0;
    while (at < shuffled.size()) {
      int end = Math.min(shuffled.size(), at + 1 + random.nextInt(4));
      List<ThreadPost> batch = shuffled.subList(at, end);
      index.add(batch, planner.plan(LIST, batch));
      if (random.nextInt(5) == 0) {
        index.add(batch, planner.plan(LIST, batch)); // it comes again
      }
      at = end;
    }
    return index;
  }

  /** None to twenty posts, no two the same, up to three under one Message-ID. */
  private static List<ThreadPost> posts(RandomGenerator random) {
    int ids = random.nextInt(4) == 0 ? 1 + random.nextInt(14) : 15;
    int size = Math.min(random.nextInt(21), 3 * ids);
    Map<ArchiveId, ThreadPost> posts = new LinkedHashMap<>();
    while (posts.size() < size) {
      String[] references = new String[random.nextInt(4)];
      Arrays.setAll(references, _ -> "m" + random.nextInt(ids));
      // some name no other, and have nothing but their subject and a time of up to two years
      boolean answers = random.nextBoolean();
      ThreadPost post =
          ThreadPosts.about(
              (answers ? "Re: " : "") + "subject number " + random.nextInt(3),
              ThreadPosts.copy(
                  "m" + random.nextInt(ids),
                  "copy" + random.nextInt(3),
                  random.nextInt(10) * 75 * 24 * 60,
                  references));
      posts.putIfAbsent(post.id(), post);
    }
    return List.copyOf(posts.values());
  }
}
