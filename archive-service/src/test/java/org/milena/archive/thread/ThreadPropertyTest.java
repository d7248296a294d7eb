package org.milena.archive.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.archive.thread.ThreadPosts.LIST;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.milena.common.event.ArchiveId;

/** Few message ids, so that circles, copies and missing parents are common. */
class ThreadPropertyTest {

  @Property
  void groupsTheSameInAnyOrderAndBatch(
      @ForAll("posts") List<ThreadPost> posts, @ForAll Random random) {
    assertThat(arrive(posts, random).threads()).isEqualTo(Threads.group(posts));
  }

  @Property
  void groupsTheSameAfterPostsAreGone(
      @ForAll("posts") List<ThreadPost> posts, @ForAll Random random) {
    MemoryThreadIndex index = arrive(posts, random);
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
    index.remove(gone, new ThreadPlanner(index).without(LIST, threads, gone));
    assertThat(index.threads()).isEqualTo(Threads.group(left));
  }

  @Property
  void drawsTheSameTreeInAnyOrder(@ForAll("posts") List<ThreadPost> posts, @ForAll Random random) {
    List<ThreadPost> shuffled = new ArrayList<>(posts);
    Collections.shuffle(shuffled, random);
    assertThat(ThreadTree.of(shuffled)).isEqualTo(ThreadTree.of(posts));
  }

  @Property
  void drawsEveryPostOnceBelowItsParent(@ForAll("posts") List<ThreadPost> posts) {
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
  }

  private static MemoryThreadIndex arrive(List<ThreadPost> posts, Random random) {
    List<ThreadPost> shuffled = new ArrayList<>(posts);
    Collections.shuffle(shuffled, random);
    MemoryThreadIndex index = new MemoryThreadIndex();
    ThreadPlanner planner = new ThreadPlanner(index);
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

  @Provide
  Arbitrary<List<ThreadPost>> posts() {
    Arbitrary<String> ids = Arbitraries.integers().between(0, 14).map(i -> "m" + i);
    Arbitrary<ThreadPost> post =
        Combinators.combine(
                ids,
                Arbitraries.integers().between(0, 9),
                ids.list().ofMaxSize(3),
                Arbitraries.integers().between(0, 2))
            .as((id, minute, references, mark) ->
                ThreadPosts.copy(id, "copy" + mark, minute, references.toArray(String[]::new)));
    return post.list().ofMaxSize(20).uniqueElements(ThreadPost::id);
  }
}
