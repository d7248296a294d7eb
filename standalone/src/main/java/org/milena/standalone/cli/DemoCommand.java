package org.milena.standalone.cli;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code milena demo}: shows the way of a mail on a running server of this machine. */
@Command(
    name = "demo",
    description = {
      "Makes the list demo@DOMAIN with members, posts a small thread to it by SMTP, waits, and"
          + " tells what became of each mail.",
      "Run again, it makes and posts only what is missing."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

  private static final String CAPTURE = "capture";

  @Mixin private Answer answer = new Answer();

  @Option(
      names = "--smtp-port",
      paramLabel = "PORT",
      description = "Where the server takes mail; else MILENA_SMTP_PORT, else as it wrote down.")
  private int smtpPort;

  @Option(
      names = "--domain",
      paramLabel = "DOMAIN",
      description = "Of the list; else MILENA_DOMAIN, else as the server wrote down.")
  private String domain = "";

  @Option(
      names = "--tag",
      paramLabel = "TEXT",
      description = "Makes the Message-IDs others, so that everything is posted once more.")
  private String tag = "";

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait for what becomes of the mails.")
  private int seconds;

  @Option(names = "--anyway", description = "Also where mail really leaves the machine.")
  private boolean anyway;

  private final InstantSource clock = InstantSource.system();

  @Override
  public Integer call() {
    Api api = answer.api();
    if (!StatusCommand.isUp(api.health())) {
      throw new CliFailure("Milena at %s is not well; see: ./milena status".formatted(api.url()));
    }
    requireCapture();
    String list = "demo@" + chosen(domain, "MILENA_DOMAIN", "domain", "lists.localhost");
    DemoList demoList = new DemoList(api, list);
    demoList.prepare();

    DemoStories stories = new DemoStories(api, list, new Waiting(Duration.ofSeconds(seconds)));
    Map<DemoPost, DemoStories.Sent> sent = new LinkedHashMap<>();
    for (DemoPost post : DemoPost.all()) {
      sent.put(post, stories.known(post, run()).orElseGet(() -> post(post, list)));
    }
    List<DemoStories.Told> told = new ArrayList<>();
    sent.forEach((post, one) -> told.add(stories.await(post, one)));
    ObjectNode found = stories.search("merano", "first", run());

    DemoReport report = new DemoReport(api.url(), list, demoList.members(), told, found);
    answer.show(report.json(), _ -> report.print(answer.out()));
    return report.isAsExpected() ? 0 : 1;
  }

  private DemoStories.Sent post(DemoPost post, String list) {
    SmtpSender.Receipt receipt =
        new SmtpSender(InetAddress.ofLiteral("127.0.0.1"), port())
            .send(post.author().address(), list, post.message(run(), list, clock.instant()));
    Optional<String> mailId = receipt.mailId();
    if (!receipt.taken() || mailId.isEmpty()) {
      throw new CliFailure("The server refused %s: %s".formatted(post.what(), receipt.reply()));
    }
    return new DemoStories.Sent(mailId.get(), receipt.reply(), true);
  }

  private void requireCapture() {
    String mode = chosen("", "", "egress", CAPTURE);
    if (!mode.equals(CAPTURE) && !anyway) {
      throw new CliFailure(
          "This server sends mail out (%s), and the members of the demonstration are not real: use a"
                  .formatted(mode)
              + " server in capture mode, or add --anyway.");
    }
  }

  private String run() {
    return tag.isBlank() ? "" : "-" + tag.strip();
  }

  private int port() {
    if (smtpPort > 0) {
      return smtpPort;
    }
    String text = chosen("", "MILENA_SMTP_PORT", "smtp.port", "2525");
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new CliFailure("MILENA_SMTP_PORT is no port: " + text + ".", e);
    }
  }

  /** The option, else the variable, else what the running server wrote down, else this. */
  private String chosen(String option, String variable, String fact, String otherwise) {
    if (!option.isBlank()) {
      return option.strip();
    }
    String set = variable.isEmpty() ? "" : answer.server().variable(variable);
    return set.isEmpty() ? answer.server().fact(fact).orElse(otherwise) : set;
  }
}
