package org.milena.standalone.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Threads that a member follows or mutes: commands below {@code milena members}. */
final class MemberThreads {

  /** Which thread, for whom. */
  static final class Which {
    @Parameters(index = "0", paramLabel = "LIST", description = "The list's address.")
    private String list = "";

    @Parameters(index = "1", paramLabel = "ADDRESS", description = "The member's.")
    private String address = "";

    @Parameters(
        index = "2",
        paramLabel = "THREAD",
        description = "The Message-ID of one of its posts, or such a post's id in the archive.")
    private String thread = "";

    private String path() {
      return Api.path("lists", list, "members", address, "threads");
    }

    /** The thread by the post it began with, and its subject where the archive tells it. */
    private ObjectNode named(Api api) {
      ObjectNode body = Api.object();
      if (thread.indexOf('@') >= 0) {
        return body.put("messageId", thread);
      }
      JsonNode post = api.get(Api.path("archive", list, "messages", thread));
      for (JsonNode parents : new JsonNode[] {post.path("references"), post.path("inReplyTo")}) {
        if (!body.has("messageId") && !parents.isEmpty()) {
          body.put("messageId", parents.path(0).asString(""));
        }
      }
      if (!body.has("messageId")) {
        body.put("messageId", Words.text(post, "messageId"));
      }
      return body.put("subject", Words.text(post, "subject"));
    }
  }

  private static void say(Answer answer, JsonNode done) {
    answer.show(done, TextTable.clean(Words.text(done, "text")));
  }

  /** A member wants something of a thread. */
  private abstract static class Wishing implements Runnable {
    private final String wish;
    @Mixin private Answer answer = new Answer();
    @Mixin private Which which = new Which();

    @Option(names = "--subject", description = "So that answers without references are known.")
    private @Nullable String subject;

    Wishing(String wish) {
      this.wish = wish;
    }

    @Override
    public void run() {
      Api api = answer.api();
      ObjectNode body = which.named(api).put("wish", wish);
      if (subject != null) {
        body.put("subject", subject);
      }
      say(answer, api.put(which.path(), body));
    }
  }

  /** A member wants that no more. */
  private abstract static class Ending implements Runnable {
    private final String wish;
    @Mixin private Answer answer = new Answer();
    @Mixin private Which which = new Which();

    Ending(String wish) {
      this.wish = wish;
    }

    @Override
    public void run() {
      Api api = answer.api();
      String id = Words.text(which.named(api), "messageId");
      say(answer, api.delete(which.path() + "?messageId=" + Api.escape(id) + "&wish=" + wish));
    }
  }

  /** {@code milena members mute}. */
  @Command(
      name = "mute",
      description = "No more posts of one thread are sent to a member.",
      mixinStandardHelpOptions = true)
  static final class Mute extends Wishing {
    Mute() {
      super("MUTE");
    }
  }

  /** {@code milena members follow}. */
  @Command(
      name = "follow",
      description = "Each post of one thread is sent to a member, whatever else he gets.",
      mixinStandardHelpOptions = true)
  static final class Follow extends Wishing {
    Follow() {
      super("FOLLOW");
    }
  }

  /** {@code milena members unmute}. */
  @Command(
      name = "unmute",
      description = "A thread that a member muted is as all others again.",
      mixinStandardHelpOptions = true)
  static final class Unmute extends Ending {
    Unmute() {
      super("MUTE");
    }
  }

  /** {@code milena members unfollow}. */
  @Command(
      name = "unfollow",
      description = "A thread that a member followed is as all others again.",
      mixinStandardHelpOptions = true)
  static final class Unfollow extends Ending {
    Unfollow() {
      super("FOLLOW");
    }
  }

  /** {@code milena members threads}. */
  @Command(
      name = "threads",
      description = "Which threads a member follows and mutes.",
      mixinStandardHelpOptions = true)
  static final class Show implements Runnable {
    @Mixin private Answer answer = new Answer();

    @Parameters(index = "0", paramLabel = "LIST", description = "The list's address.")
    private String list = "";

    @Parameters(index = "1", paramLabel = "ADDRESS", description = "The member's.")
    private String address = "";

    @Override
    public void run() {
      Pages.show(
          answer,
          Api.path("lists", list, "members", address, "threads"),
          new TextTable("MESSAGE-ID", "SUBJECT", "WISH", "SINCE", "LAST POST"),
          (table, one) ->
              table.row(
                  Words.text(one, "messageId"),
                  Words.text(one, "subject"),
                  Words.lower(one, "wish"),
                  Words.moment(one, "since"),
                  Words.moment(one, "lastPostAt")),
          address + " follows and mutes no thread of " + list + ".");
    }
  }

  private MemberThreads() {}
}
