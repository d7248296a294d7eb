package org.milena.archive.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.milena.archive.message.PostText;
import org.milena.archive.message.SafeHtml;
import org.milena.archive.message.TextRendering;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.search.ArchiveIndex;
import org.milena.archive.thread.ThreadNode;
import org.milena.archive.thread.ThreadTree;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;

/** The posts of a thread in reading order. */
final class ThreadEntries {
  private static final int MAX_POSTS = 2_000;
  private static final int MAX_DEPTH = 8;

  /** Of a post's text on the page of its thread, in characters. */
  private static final int MAX_TEXT = 12_000;

  private final ArchiveIndex index;
  private final MailingList list;
  private final List<ThreadNode> nodes;
  private final Map<ArchiveId, ArchivedPost> posts = new HashMap<>();

  ThreadEntries(ArchiveIndex index, MailingList list, ArchiveId thread) {
    this.index = index;
    this.list = list;
    for (ArchivedPost post : index.thread(list.id(), thread, MAX_POSTS)) {
      posts.put(post.id(), post);
    }
    this.nodes = ThreadTree.of(posts.values().stream().map(ArchivedPost::forThread).toList());
  }

  int size() {
    return nodes.size();
  }

  long authors() {
    return posts.values().stream()
        .map(post ->
            post.author().address().isEmpty() ? post.author().name() : post.author().address())
        .distinct()
        .count();
  }

  @Nullable ArchivedPost post(ArchiveId id) {
    return posts.get(id);
  }

  /** All of them without text. */
  List<ThreadEntry> outline(@Nullable ArchiveId here) {
    List<ThreadEntry> entries = new ArrayList<>();
    for (ThreadNode node : nodes) {
      ArchivedPost post = posts.get(node.id());
      if (post != null) {
        entries.add(entry(node, post, null, false, node.id().equals(here)));
      }
    }
    return entries;
  }

  /** Some of them with text. */
  List<ThreadEntry> page(int from, int count) {
    List<ThreadNode> page =
        nodes.subList(Math.min(from, nodes.size()), Math.min(from + count, nodes.size()));
    Map<ArchiveId, PostText> texts = index.texts(page.stream().map(ThreadNode::id).toList());
    List<ThreadEntry> entries = new ArrayList<>();
    for (ThreadNode node : page) {
      ArchivedPost post = posts.get(node.id());
      if (post != null) {
        String text = texts.getOrDefault(node.id(), PostText.EMPTY).whole();
        boolean cut = text.length() > MAX_TEXT;
        String shown = cut ? beginning(text) : text;
        entries.add(entry(node, post, TextRendering.of(Reader.text(shown)), cut, false));
      }
    }
    return entries;
  }

  /** Whole lines, as many as fit. */
  private static String beginning(String text) {
    int end = text.lastIndexOf('\n', MAX_TEXT);
    return text.substring(0, end > MAX_TEXT / 2 ? end : MAX_TEXT);
  }

  private ThreadEntry entry(
      ThreadNode node, ArchivedPost post, @Nullable SafeHtml html, boolean cut, boolean here) {
    return new ThreadEntry(
        PostView.of(list, post),
        Math.min(node.depth(), MAX_DEPTH),
        node.parentMissing(),
        html,
        cut,
        here);
  }

  /** The neighbour in reading order; null at the end. */
  @Nullable PostView neighbour(ArchiveId of, int step) {
    for (int i = 0; i < nodes.size(); i++) {
      int other = i + step;
      if (nodes.get(i).id().equals(of) && other >= 0 && other < nodes.size()) {
        ArchivedPost post = posts.get(nodes.get(other).id());
        return post == null ? null : PostView.of(list, post);
      }
    }
    return null;
  }

  /** The post that this one answers; null when that is not here. */
  @Nullable PostView parent(ArchiveId of) {
    for (ThreadNode node : nodes) {
      ArchiveId parent = node.parent();
      if (node.id().equals(of) && parent != null && !node.parentMissing()) {
        ArchivedPost post = posts.get(parent);
        return post == null ? null : PostView.of(list, post);
      }
    }
    return null;
  }
}
