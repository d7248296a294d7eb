package org.milena.standalone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code milena trace …}. */
@Command(
    name = "trace",
    description = "The life of a mail: who took it, what was decided, who got it and who did not.",
    mixinStandardHelpOptions = true)
final class TraceCommand implements Runnable {

  @Mixin private Answer answer = new Answer();

  @Parameters(paramLabel = "ID", description = "The mail id after \"queued as\", or a Message-ID.")
  private String id = "";

  @Override
  public void run() {
    answer.show(answer.api().get(path(id)), this::print);
  }

  /** In a parameter, because a Message-ID may hold a slash, which proxies dislike in a path. */
  static String path(String id) {
    return Api.path("trace") + "?id=" + Api.escape(id);
  }

  private void print(JsonNode answered) {
    answered.path("items").forEach(this::story);
  }

  private void story(JsonNode story) {
    new Facts()
        .add("mail", story.path("mailId"))
        .add("Message-ID", story.path("messageId"))
        .add("lists", Words.joined(story.path("lists"), ", "))
        .print(answer.out());
    TextTable events = new TextTable("WHEN", "WHAT", "LIST", "");
    story
        .path("events")
        .forEach(event ->
            events.row(
                Words.moment(event, "at"),
                Words.lower(event, "kind"),
                Words.text(event, "list"),
                Words.text(event, "text")));
    answer.out().println();
    events.print(answer.out(), "Nothing is known of what happened to it.");
    TextTable recipients = new TextTable("RECIPIENT", "OUTCOME", "WHEN", ">TRIES", "");
    story
        .path("recipients")
        .forEach(one -> {
          JsonNode outcome = one.path("outcome");
          String reply = Words.text(outcome, "reply");
          recipients.row(
              Words.text(one, "address"),
              Words.text(outcome, "outcome"),
              Words.moment(one, "at"),
              one.path("attempts").asInt(),
              reply.isEmpty() ? Words.text(outcome, "reason") : reply);
        });
    answer.out().println();
    recipients.print(answer.out(), "It went to nobody.");
  }
}
