package org.milena.standalone.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/**
 * What a start says when all is up: what listens where, then {@code ready}.
 *
 * @param lines for people, by name
 * @param facts for commands, by name
 */
record Announcement(Map<String, String> lines, Map<String, String> facts) {

  /** The console shows this logger's lines as they are. */
  private static final Logger console = LoggerFactory.getLogger("milena.console");

  private static final String HERE_ONLY = "  (from this machine only)";

  static Announcement of(Environment settings, StandaloneSettings standalone, Engines engines) {
    String domain = settings.getRequiredProperty("milena.domain");
    String bind = settings.getRequiredProperty("server.address");
    String port =
        settings.getProperty("local.server.port", settings.getRequiredProperty("server.port"));
    String reachable = isEverywhere(bind) ? "127.0.0.1" : bind;
    String url =
        "http://" + (reachable.contains(":") ? "[" + reachable + "]" : reachable) + ":" + port;

    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("web and API", url + (isLoopback(bind) ? HERE_ONLY : ""));
    lines.put("lists", "NAME@" + domain);
    lines.put("SMTP", smtp(settings, "smtp-port"));
    lines.put("submission", smtp(settings, "submission-port") + ", STARTTLS");
    lines.put("submissions", smtp(settings, "submissions-port") + ", TLS");
    lines.put("outgoing mail", outgoing(settings.getProperty("milena.egress.mode", "capture")));
    lines.put("Kafka", engines.kafkaAddress() + HERE_ONLY);
    lines.put("Elasticsearch", engines.elasticsearchUrl() + HERE_ONLY);
    lines.put("data", standalone.data().toString());
    lines.put("log", standalone.logs().toString());
    Path password = standalone.data().resolve("admin-password");
    lines.put(
        "operator",
        "admin, password "
            + (Files.exists(password) ? "in " + password : "as given at the first start"));

    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("pid", Long.toString(ProcessHandle.current().pid()));
    facts.put("http.url", url);
    facts.put("smtp.port", settings.getProperty("milena.ingress.smtp-port", "2525"));
    facts.put("domain", domain);
    facts.put("egress", settings.getProperty("milena.egress.mode", "capture"));
    facts.put("kafka", engines.kafkaAddress());
    facts.put("elasticsearch", engines.elasticsearchUrl());
    return new Announcement(lines, facts);
  }

  void say() {
    int width = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
    lines.forEach(
        (name, what) -> console.info("  {}{}  {}", name, " ".repeat(width - name.length()), what));
    console.info("ready");
  }

  private static String smtp(Environment settings, String key) {
    String port = settings.getProperty("milena.ingress." + key, "-1");
    return switch (port) {
      case "-1" -> "closed";
      case "0" -> "a free port; see the log";
      default -> settings.getProperty("milena.ingress.bind", "0.0.0.0") + ":" + port;
    };
  }

  private static String outgoing(String mode) {
    return mode.equals("capture")
        ? "capture: kept in an outbox, nothing leaves this machine (MILENA_EGRESS)"
        : mode;
  }

  private static boolean isEverywhere(String bind) {
    return bind.equals("0.0.0.0") || bind.equals("::");
  }

  private static boolean isLoopback(String bind) {
    return bind.startsWith("127.") || bind.equals("::1") || bind.equals("localhost");
  }
}
