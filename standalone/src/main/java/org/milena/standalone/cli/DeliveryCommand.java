package org.milena.standalone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code milena delivery …}. */
@Command(
    name = "delivery",
    description =
        "What became of the copies of a post: for its author in numbers, for owners with who does"
            + " not get one.",
    mixinStandardHelpOptions = true)
final class DeliveryCommand implements Runnable {

  @Mixin private Answer answer = new Answer();

  @Parameters(paramLabel = "ID", description = "The mail id after \"queued as\", or a Message-ID.")
  private String id = "";

  @Override
  public void run() {
    answer.show(
        answer.api().get(Api.path("deliveries") + "?id=" + Api.escape(id)),
        answered -> answered.path("items").forEach(this::post));
  }

  private void post(JsonNode post) {
    new Facts()
        .add("mail", post.path("mailId"))
        .add("list", post.path("list"))
        .add("sent", Words.moment(post, "expandedAt"))
        .add("recipients", post.path("recipients"))
        .add("delivered", post.path("delivered"))
        .add("deferred", post.path("deferred"))
        .add("failed", post.path("failed"))
        .add("waiting", post.path("waiting"))
        .add("first", Words.moment(post, "firstAt"))
        .add("half", Words.moment(post, "medianAt"))
        .add("last", Words.moment(post, "lastAt"))
        .add("counted", post.path("complete").asBoolean(true) ? "" : "the first 20,000 results")
        .print(answer.out());
    TextTable failures = new TextTable("RECIPIENT", "STATUS", "WHEN", "");
    post.path("failures")
        .forEach(one ->
            failures.row(
                Words.text(one, "address"),
                Words.text(one, "status"),
                Words.moment(one, "at"),
                Words.text(one, "reason")));
    if (!post.path("failures").isEmpty()) {
      answer.out().println();
      failures.print(answer.out(), "");
    }
  }
}
