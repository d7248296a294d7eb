package org.milena.standalone.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code milena domains …}. */
@Command(
    name = "domains",
    description = {
      "Shows, makes and changes domains that lists lie in, and what holds for the whole site"
          + " (under",
      "the name *)."
    },
    mixinStandardHelpOptions = true)
final class DomainsCommand implements Runnable {
  private static final String SITE = "*";

  @Mixin private Answer answer = new Answer();

  /** Without a subcommand: all domains. */
  @Override
  public void run() {
    JsonNode domains = answer.api().get(Api.path("domains"));
    answer.show(
        domains,
        all -> {
          TextTable table = new TextTable("DOMAIN", "OWNERS", ">BANS", ">FILTERS", "DESCRIPTION");
          all.forEach(domain ->
              table.row(
                  domain.path("name").asString(""),
                  String.join(
                      " ", domain.path("owners").valueStream().map(JsonNode::asString).toList()),
                  domain.path("bans").size(),
                  domain.path("headerFilters").size(),
                  domain.path("description").asString("")));
          table.print(answer.out(), "There is only the domain of the site itself.");
        });
  }

  @Command(name = "show", description = "One domain, or *.", mixinStandardHelpOptions = true)
  void show(@Mixin Answer answer, @Parameters(paramLabel = "DOMAIN") String domain) {
    answer.show(answer.api().get(path(domain)), found -> print(answer, found));
  }

  @Command(
      name = "set",
      description = "Makes or changes a domain. What is not named stays.",
      mixinStandardHelpOptions = true)
  void set(
      @Mixin Answer answer,
      @Parameters(paramLabel = "DOMAIN") String domain,
      @Option(names = "--description") @Nullable String description,
      @Option(
              names = "--owner",
              description = "An account that makes lists here and runs them; may be given again.")
          @Nullable List<String> owners,
      @Option(
              names = "--ban",
              description =
                  "A pattern of addresses that may neither post nor join; may be given" + " again.")
          @Nullable List<String> bans) {
    ObjectNode body = Api.object();
    if (description != null) {
      body.put("description", description);
    }
    put(body, "owners", owners);
    put(body, "bans", bans);
    answer.show(answer.api().put(path(domain), body), changed -> print(answer, changed));
  }

  @Command(
      name = "delete",
      description = "Takes a domain away in which no list lies.",
      mixinStandardHelpOptions = true)
  void delete(@Mixin Answer answer, @Parameters(paramLabel = "DOMAIN") String domain) {
    answer.show(answer.api().delete(path(domain)), "Deleted " + domain + ".");
  }

  @Command(
      name = "audit",
      description = "Who changed accounts, domains and the site, newest first.",
      mixinStandardHelpOptions = true)
  void audit(@Mixin Answer answer) {
    AuditTable.show(answer, Api.path("site", "audit"));
  }

  private static void put(ObjectNode body, String name, @Nullable List<String> values) {
    if (values != null) {
      ArrayNode all = body.putArray(name);
      values.stream().filter(value -> !value.isEmpty()).forEach(all::add);
    }
  }

  private static String path(String domain) {
    return domain.equals(SITE) ? Api.path("site") : Api.path("domains", domain);
  }

  private static void print(Answer answer, JsonNode domain) {
    new Facts()
        .add("domain", domain.path("name"))
        .add("description", domain.path("description"))
        .add("owners", domain.path("owners"))
        .add("bans", domain.path("bans"))
        .add("filters", domain.path("headerFilters"))
        .print(answer.out());
  }
}
