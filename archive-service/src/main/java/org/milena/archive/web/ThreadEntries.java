package org.milena.archive.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.milena.archive.message.PostText;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.rendering.SafeHtml;
import org.milena.archive.rendering.TextCut;
import org.milena.archive.rendering.TextRendering;
import org.milena.archive.search.ArchiveIndex;
import org.milena.archive.thread.ThreadNode;
import org.milena.archive.thread.ThreadPost;
import org.milena.archive.thread.ThreadTree;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;

/** The posts of a thread, in reading order or by date. */
final class ThreadEntries {
  private static final int MAX_POSTS = 2_000;
  private static final int MAX_DEPTH = 8;

  /** Of a post's text on the page of its thread, in characters. */
  private static final int MAX_TEXT = 12_000;

  private final ArchiveIndex index;
  private final MailingList list;
  private final List<ThreadNode> nodes = new ArrayList<>();
  private final Map<ArchiveId, Integer> places = new HashMap<>();
  private final Map<ArchiveId, ArchivedPost> posts = new HashMap<>();
  private final boolean nested;

  /**
   * @param nested whether answers stand below what they answer; else all by date
   */
  ThreadEntries(ArchiveIndex index, MailingList list, ArchiveId thread, boolean nested) {
    this.index = index;
    this.list = list;
    this.nested = nested;
    for (ArchivedPost post : index.thread(list.id(), thread, MAX_POSTS)) {
      posts.put(post.id(), post);
    }
    nodes.addAll(ThreadTree.of(posts.values().stream().map(ArchivedPost::forThread).toList()));
    nodes.removeIf(node -> !posts.containsKey(node.id()));
    if (!nested) {
      nodes.sort((one, other) ->
          ThreadPost.BY_DATE.compare(post(one).forThread(), post(other).forThread()));
    }
    for (int i = 0; i < nodes.size(); i++) {
      places.put(nodes.get(i).id(), i);
    }
  }

  int size() {
    return nodes.size();
  }

  /** Whether there may be more posts than are here. */
  boolean isFull() {
    return nodes.size() >= MAX_POSTS;
  }

  long authors() {
    return posts.values().stream()
        .map(post ->
            post.author().address().isEmpty() ? post.author().name() : post.author().address())
        .distinct()
        .count();
  }

  /** When the latest was written; the beginning of time where there is none. */
  Instant latest() {
    return posts.values().stream()
        .map(ArchivedPost::date)
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  @Nullable ArchivedPost post(ArchiveId id) {
    return posts.get(id);
  }

  private ArchivedPost post(ThreadNode node) {
    ArchivedPost post = posts.get(node.id());
    if (post == null) {
      throw new IllegalStateException("no post " + node.id());
    }
    return post;
  }

  /** In which place it stands, from 0; -1 for none. */
  int place(ArchiveId id) {
    return places.getOrDefault(id, -1);
  }

  /** The places of what was written later, in order. */
  List<Integer> newer(@Nullable Instant since) {
    List<Integer> newer = new ArrayList<>();
    for (int i = 0; since != null && i < nodes.size(); i++) {
      if (post(nodes.get(i)).date().isAfter(since)) {
        newer.add(i);
      }
    }
    return newer;
  }

  /** All of them without text, leading to their pages. */
  List<ThreadEntry> outline(ArchiveId here) {
    return nodes.stream()
        .map(node -> bare(node, Links.post(list, post(node)), node.id().equals(here), false))
        .toList();
  }

  /** All of them without text, leading to their places on the pages of the thread. */
  List<ThreadEntry> outline(ThreadAddress address, @Nullable Instant since) {
    return nodes.stream()
        .map(node ->
            bare(
                node,
                address.of(place(node.id()), Links.anchor(node.id())),
                false,
                since != null && post(node).date().isAfter(since)))
        .toList();
  }

  private ThreadEntry bare(ThreadNode node, String url, boolean here, boolean isNew) {
    return new ThreadEntry(
        PostView.of(list, post(node)),
        nested ? Math.min(node.depth(), MAX_DEPTH) : 0,
        node.parentMissing(),
        url,
        null,
        false,
        here,
        null,
        isNew,
        null);
  }

  /** Some of them with text. */
  List<ThreadEntry> page(int from, int count, ThreadAddress address, @Nullable Instant since) {
    List<ThreadNode> page =
        nodes.subList(Math.min(from, nodes.size()), Math.min(from + count, nodes.size()));
    Map<ArchiveId, PostText> texts = index.texts(page.stream().map(ThreadNode::id).toList());
    List<Integer> newer = newer(since);
    List<ThreadEntry> entries = new ArrayList<>();
    for (ThreadNode node : page) {
      PostText text = texts.getOrDefault(node.id(), PostText.EMPTY);
      PostText shown = TextCut.beginning(text, MAX_TEXT);
      int place = place(node.id());
      Integer next = newer.stream().filter(other -> other > place).findFirst().orElse(null);
      SafeHtml html =
          TextRendering.of(Reader.text(shown), PageTexts.WORDS, Links.anchor(node.id()));
      entries.add(
          new ThreadEntry(
              PostView.of(list, post(node)),
              nested ? Math.min(node.depth(), MAX_DEPTH) : 0,
              node.parentMissing(),
              Links.post(list, post(node)),
              html,
              shown.length() < text.length(),
              false,
              parentView(node, address),
              newer.contains(place),
              next == null ? null : address.of(next, Links.anchor(nodes.get(next).id()))));
    }
    return entries;
  }

  private ThreadEntry.@Nullable ParentView parentView(ThreadNode node, ThreadAddress address) {
    ArchiveId parent = node.parent();
    ArchivedPost post = parent == null || node.parentMissing() ? null : posts.get(parent);
    return post == null
        ? null
        : new ThreadEntry.ParentView(
            PostView.of(list, post).author(),
            address.of(place(post.id()), Links.anchor(post.id())));
  }

  /** The neighbour in reading order; null at the end. */
  @Nullable PostView neighbour(ArchiveId of, int step) {
    int place = place(of);
    int other = place + step;
    return place < 0 || other < 0 || other >= nodes.size()
        ? null
        : PostView.of(list, post(nodes.get(other)));
  }

  /** The post that this one answers; null when that is not here. */
  @Nullable PostView parent(ArchiveId of) {
    int place = place(of);
    ThreadNode node = place < 0 ? null : nodes.get(place);
    ArchiveId parent = node == null || node.parentMissing() ? null : node.parent();
    ArchivedPost post = parent == null ? null : posts.get(parent);
    return post == null ? null : PostView.of(list, post);
  }
}
