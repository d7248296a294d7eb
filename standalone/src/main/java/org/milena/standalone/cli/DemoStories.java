package org.milena.standalone.cli;

import java.util.Optional;
import java.util.Set;
import org.milena.standalone.cli.DemoPost.End;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What became of the mails of the demonstration, as the server tells it. */
final class DemoStories {

  private static final int OK = 200;

  /** Kinds of events after which nothing more is decided about a post. */
  private static final Set<String> ENDS =
      Set.of("QUARANTINED", "HELD", "REJECTED", "DISCARDED", "DUPLICATE");

  private final Api api;
  private final String list;
  private final Waiting waiting;

  DemoStories(Api api, String list, Waiting waiting) {
    this.api = api;
    this.list = list;
    this.waiting = waiting;
  }

  /**
   * A mail the server has.
   *
   * @param reply what it said when it took it
   * @param now whether it was sent by this run
   */
  record Sent(String mailId, String reply, boolean now) {}

  /** A mail and its story as far as it was told in time. */
  record Told(DemoPost post, Sent sent, JsonNode story) {

    boolean isAsExpected() {
      return switch (post.end()) {
        case QUARANTINED -> has(story, "QUARANTINED");
        case HELD -> has(story, "HELD");
        case DELIVERED -> {
          JsonNode counts = story.path("deliveries");
          long expanded = counts.path("expanded").asLong();
          yield expanded > 0 && counts.path("relayed").asLong() == expanded;
        }
      };
    }
  }

  /** A mail that an earlier run posted. */
  Optional<Sent> known(DemoPost post, String run) {
    return story(post.messageId(run, domain()))
        .map(story -> new Sent(Words.text(story, "mailId"), "", false));
  }

  /** Waits until it is clear what became of a mail. */
  Told await(DemoPost post, Sent sent) {
    JsonNode story =
        waiting
            .until(() -> story(sent.mailId()).filter(DemoStories::isSettled))
            .or(() -> story(sent.mailId()))
            .orElseGet(Api::object);
    return new Told(post, sent, story);
  }

  /** By mail id or Message-ID; the first of those that share one. */
  private Optional<JsonNode> story(String id) {
    String path = TraceCommand.path(id);
    return api.status(path) == OK
        ? api.get(path).path("items").valueStream().findFirst()
        : Optional.empty();
  }

  private String domain() {
    return list.substring(list.indexOf('@') + 1);
  }

  private static boolean isSettled(JsonNode story) {
    JsonNode counts = story.path("deliveries");
    long expanded = counts.path("expanded").asLong();
    long done = counts.path("relayed").asLong() + counts.path("failed").asLong();
    return ENDS.stream().anyMatch(kind -> has(story, kind)) || (expanded > 0 && done >= expanded);
  }

  private static boolean has(JsonNode story, String kind) {
    return story
        .path("events")
        .valueStream()
        .anyMatch(event -> Words.text(event, "kind").equals(kind));
  }

  /**
   * Waits until the archive finds a post by a word of it; the page of hits, empty if it doesn't.
   */
  ObjectNode search(String word, String post, String run) {
    String path =
        Api.path("archive", "search") + "?q=" + Api.escape(word) + "&list=" + Api.escape(list);
    String id = "demo-" + post + run + "@" + domain();
    return waiting
        .until(() -> {
          JsonNode page = api.get(path);
          return page.path("items")
                  .valueStream()
                  .anyMatch(hit -> Words.text(hit.path("post"), "messageId").equals(id))
              ? Optional.of((ObjectNode) page)
              : Optional.<ObjectNode>empty();
        })
        .orElseGet(Api::object)
        .put("query", word);
  }

  /** The sentence for an end. */
  static String wanted(End end) {
    return switch (end) {
      case DELIVERED -> "delivered";
      case QUARANTINED -> "quarantined";
      case HELD -> "held for a moderator";
    };
  }
}
