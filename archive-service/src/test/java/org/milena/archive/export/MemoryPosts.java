package org.milena.archive.export;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.milena.archive.message.Person;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.RawStore;
import org.milena.archive.search.PostPlace;
import org.milena.archive.search.PostWalk;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;

/** Posts in memory, as a walk gives them in pages of seven, and their messages. */
final class MemoryPosts implements RawStore {
  private static final ListId LIST = ListId.of("dev.example.org");
  private static final MailId MAIL = MailId.of("01890a5d-ac96-774b-bcce-b302099a8057");
  private static final int PAGE = 7;

  final List<ArchivedPost> posts = new ArrayList<>();
  final Set<PostPlace> askedBehind = new HashSet<>();
  private final Map<ArchiveId, RawMessage> messages = new HashMap<>();

  void add(String text) {
    RawMessage raw = RawMessage.wrap(text.getBytes(StandardCharsets.UTF_8));
    int number = posts.size();
    ArchiveId id = ArchiveId.compute(LIST, number + "@x", raw.sha256());
    messages.put(id, raw);
    posts.add(
        new ArchivedPost(
            id,
            LIST,
            MAIL,
            id,
            Instant.parse("2026-01-05T10:00:00Z").plusSeconds(number),
            Instant.parse("2026-01-05T10:00:00Z"),
            number + "@x",
            List.of(),
            List.of(),
            "",
            new Person("Anna", "anna@author.example"),
            List.of(),
            List.of(),
            "",
            List.of(),
            raw.size(),
            raw.sha256(),
            raw.sha256(),
            List.of()));
  }

  /** Posts with what is hard: From lines, no line end at the end, either line end, none at all. */
  static MemoryPosts random(SplittableRandom random, int count) {
    MemoryPosts posts = new MemoryPosts();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder("Subject: " + i + "\n\n");
      int lines = random.nextInt(12);
      for (int line = 0; line < lines; line++) {
        text.append(
            switch (random.nextInt(4)) {
              case 0 -> "From me to carla@hidden.example\n";
              case 1 -> ">From you\n";
              case 2 -> "x".repeat(random.nextInt(300)) + "\n";
              default -> "some words, ä\n";
            });
      }
      String whole = text.toString();
      posts.add(
          switch (random.nextInt(3)) {
            case 0 -> whole.replace("\n", "\r\n");
            case 1 -> whole.substring(0, whole.length() - 1);
            default -> whole;
          });
    }
    return posts;
  }

  void lose(ArchivedPost post) {
    messages.remove(post.id());
  }

  @Override
  public Optional<RawMessage> raw(ArchiveId id) {
    return Optional.ofNullable(messages.get(id));
  }

  @Override
  public Map<ArchiveId, RawMessage> raws(Collection<ArchiveId> ids) {
    Map<ArchiveId, RawMessage> found = new HashMap<>();
    ids.forEach(id -> raw(id).ifPresent(raw -> found.put(id, raw)));
    return found;
  }

  PostWalk walk() {
    return new PostWalk() {
      @Override
      public String state() {
        return String.valueOf(posts.size());
      }

      @Override
      public List<ArchivedPost> after(@Nullable PostPlace place) {
        if (place != null) {
          askedBehind.add(place);
        }
        return posts.stream()
            .filter(post -> place == null || post.date().isAfter(place.date()))
            .limit(PAGE)
            .toList();
      }

      @Override
      public void close() {
        // nothing is kept
      }
    };
  }
}
