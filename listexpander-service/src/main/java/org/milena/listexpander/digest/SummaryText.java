package org.milena.listexpander.digest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who wrote about what: a few lines for each thread, in the order in which they began. */
final class SummaryText {
  /** More threads are counted only. */
  private static final int MAX_THREADS = 500;

  private static final int MAX_AUTHORS = 10;

  /** The text of a summary, in lines that end in LF. */
  static String write(
      List<SummaryPost> posts, String masthead, DigestWords words, Optional<String> archive) {
    List<List<SummaryPost>> threads = threads(posts);
    StringBuilder out = new StringBuilder();
    out.append(masthead).append('\n');
    out.append(words.posts(posts.size())).append(words.inThreads(threads.size())).append(":\n");
    threads.stream().limit(MAX_THREADS).forEach(thread -> describe(out, thread, words));
    if (threads.size() > MAX_THREADS) {
      out.append("\n  ").append(words.threadsMore(threads.size() - MAX_THREADS)).append('\n');
    }
    archive.ifPresent(url -> out.append('\n').append(words.archive()).append(url).append('\n'));
    return out.toString();
  }

  private static void describe(StringBuilder out, List<SummaryPost> thread, DigestWords words) {
    SummaryPost first = thread.getFirst();
    Set<String> authors = new LinkedHashSet<>();
    thread.forEach(post -> authors.add(post.author()));
    List<String> shown = authors.stream().limit(MAX_AUTHORS).toList();
    out.append("\n* ").append(first.subject().isEmpty() ? words.noSubject() : first.subject());
    out.append("\n  ").append(words.posts(thread.size()));
    out.append(words.by()).append(String.join(", ", shown));
    if (authors.size() > shown.size()) {
      out.append(words.more(authors.size() - shown.size()));
    }
    out.append('\n');
    thread.stream()
        .flatMap(post -> post.link().stream())
        .findFirst()
        .ifPresent(url -> out.append("  ").append(url).append('\n'));
  }

  /**
   * Posts that answer each other or the same one, in one thread; and those without such a trace
   * whose subject says that they answer.
   */
  static List<List<SummaryPost>> threads(List<SummaryPost> posts) {
    int[] parents = new int[posts.size()];
    Map<String, Integer> byId = new HashMap<>();
    Map<String, Integer> bySubject = new HashMap<>();
    for (int i = 0; i < parents.length; i++) {
      parents[i] = i;
      SummaryPost post = posts.get(i);
      for (String id : post.ids()) {
        Integer other = byId.putIfAbsent(id, i);
        join(parents, i, other == null ? i : other);
      }
      String subject = post.subject().toLowerCase(Locale.ROOT);
      Integer other = subject.isEmpty() ? null : bySubject.putIfAbsent(subject, i);
      if (other != null && post.answers()) {
        join(parents, i, other);
      }
    }
    Map<Integer, List<SummaryPost>> threads = new LinkedHashMap<>();
    for (int i = 0; i < parents.length; i++) {
      threads.computeIfAbsent(root(parents, i), _ -> new ArrayList<>()).add(posts.get(i));
    }
    return List.copyOf(threads.values());
  }

  /** The earlier one stands for both. */
  private static void join(int[] parents, int a, int b) {
    int first = root(parents, a);
    int second = root(parents, b);
    parents[Math.max(first, second)] = Math.min(first, second);
  }

  private static int root(int[] parents, int of) {
    int at = of;
    while (parents[at] != at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  }

  private SummaryText() {}
}
