package org.milena.archive.thread;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.milena.common.event.ArchiveId;

/**
 * What holds some posts, and threads that are there already, together. The result depends on what
 * there is, never on its order.
 */
final class Ties {

  /** What can be in a set with others. */
  private sealed interface Node {
    record OfMessage(String id) implements Node {}

    record OfTopic(String topic) implements Node {}

    record OfThread(ArchiveId id) implements Node {}
  }

  /** Who is in a topic, and whether one of them is an answer: then they are together. */
  private static final class Topic {
    final Set<Node> members = new HashSet<>();
    boolean answered;
  }

  private final DisjointSets<Node> sets = new DisjointSets<>();
  private final Set<String> names = new LinkedHashSet<>();
  private final Map<String, Topic> topics = new HashMap<>();

  /**
   * @param bySubject whether subjects tie, too
   */
  Ties(Collection<ThreadPost> posts, boolean bySubject) {
    for (ThreadPost post : posts) {
      Node node = new Node.OfMessage(post.messageId());
      post.links().forEach(link -> sets.union(node, new Node.OfMessage(link)));
      names.addAll(post.links());
      if (bySubject) {
        post.subjectLink().ifPresent(link -> add(node, link));
      }
    }
    topics.forEach((topic, in) -> {
      names.add(SubjectLink.answering(topic));
      if (in.answered) {
        names.add(SubjectLink.beginning(topic));
      }
    });
    tieTopics();
  }

  private void add(Node node, SubjectLink link) {
    for (String topic : link.topics()) {
      Topic in = topics.computeIfAbsent(topic, _ -> new Topic());
      in.members.add(node);
      in.answered |= link.answers();
    }
  }

  private void tieTopics() {
    topics.forEach((topic, in) -> {
      if (in.answered) {
        in.members.forEach(member -> sets.union(new Node.OfTopic(topic), member));
      }
    });
  }

  /** The {@linkplain ThreadPost#names() names} by which threads that are there are tied to it. */
  Set<String> names() {
    return names;
  }

  /**
   * Ties to the threads that are there.
   *
   * @param known by {@link #names()}
   */
  void addThreads(Map<String, Set<ArchiveId>> known) {
    topics.forEach((topic, in) -> {
      Set<ArchiveId> answering = known.getOrDefault(SubjectLink.answering(topic), Set.of());
      in.answered |= !answering.isEmpty();
      answering.forEach(thread -> in.members.add(new Node.OfThread(thread)));
      known
          .getOrDefault(SubjectLink.beginning(topic), Set.of())
          .forEach(thread -> in.members.add(new Node.OfThread(thread)));
    });
    tieTopics();
    known.forEach((name, threads) ->
        threads.forEach(thread -> sets.union(new Node.OfMessage(name), new Node.OfThread(thread))));
  }

  /** Equal for posts and threads that are together. */
  Object setOf(ThreadPost post) {
    return sets.find(new Node.OfMessage(post.messageId()));
  }

  /** Likewise. */
  Object setOf(ArchiveId thread) {
    return sets.find(new Node.OfThread(thread));
  }
}
