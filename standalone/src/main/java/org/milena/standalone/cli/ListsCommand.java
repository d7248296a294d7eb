package org.milena.standalone.cli;

import static java.util.stream.Collectors.toSet;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.SettingsPatch;
import org.milena.common.settings.SettingsText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code milena lists …}. */
@Command(
    name = "lists",
    description = "Shows, makes and changes lists.",
    mixinStandardHelpOptions = true)
final class ListsCommand implements Runnable {

  private static final String LIST = "The list's address.";
  private static final Pattern ENUM = Pattern.compile("[A-Z]+(_[A-Z]+)*");

  @Mixin private Answer answer = new Answer();

  /** Without a subcommand: all lists. */
  @Override
  public void run() {
    list(answer);
  }

  @Command(name = "list", description = "All lists.", mixinStandardHelpOptions = true)
  void list(@Mixin Answer answer) {
    Pages.show(
        answer,
        Api.path("lists"),
        new TextTable("LIST", "NAME", ">MEMBERS", "ARCHIVE", "JOINING"),
        (table, list) ->
            table.row(
                list.path("address").asString(""),
                list.path("displayName").asString(""),
                list.path("members").isNumber() ? list.path("members").asInt() : "",
                word(list.path("settings").path("archiveAccess")),
                word(list.path("settings").path("subscribePolicy"))),
        "There is no list yet. Make one with: milena lists create ADDRESS");
  }

  @Command(name = "show", description = "One list.", mixinStandardHelpOptions = true)
  void show(
      @Mixin Answer answer, @Parameters(paramLabel = "LIST", description = LIST) String list) {
    answer.show(answer.api().get(Api.path("lists", list)), found -> print(answer, found));
  }

  @Command(name = "create", description = "Makes a list.", mixinStandardHelpOptions = true)
  void create(
      @Mixin Answer answer,
      @Parameters(paramLabel = "LIST", description = LIST) String list,
      @Option(names = "--name", description = "A few words.", defaultValue = "") String name,
      @Option(names = "--description", defaultValue = "") String description,
      @Option(names = "--owner", description = "Who runs it; may be given again.")
          @Nullable List<String> owners,
      @Option(names = "--notify", description = "Write to the owners what the list has.")
          boolean notify,
      @Option(
              names = "--style",
              description = "What it begins with: discussion (usual), announce, private, contact.")
          @Nullable String style,
      @Option(names = "--like", paramLabel = "LIST", description = "Begin as this list is set.")
          @Nullable String like,
      @Option(names = "--set", paramLabel = "KEY=VALUE", description = "As in \"lists set\".")
          @Nullable Map<String, String> settings) {
    ObjectNode body = Api.object().put("address", list).put("description", description);
    if (!name.isEmpty()) {
      body.put("displayName", name);
    }
    if (style != null) {
      body.put("style", style.toUpperCase(Locale.ROOT));
    }
    if (like != null) {
      body.put("like", like);
    }
    if (owners != null) {
      ArrayNode all = body.putArray("owners");
      owners.forEach(all::add);
    }
    if (notify) {
      body.put("notifyOwners", true);
    }
    if (settings != null) {
      body.set(
          "settings", settings(SettingsPatch.all(ListSettings.DISCUSSION).changes(), settings));
    }
    answer.show(
        answer.api().post(Api.path("lists"), body),
        made -> {
          String address = made.path("address").asString(list);
          answer.out().println("Made " + address + ".");
          answer.out().println("All its settings: milena lists show " + address);
        });
  }

  @Command(
      name = "set",
      description = {
        "Changes a list: name, description, or its settings. All settings and what they are now:",
        "\"milena lists show LIST\"; what they mean: docs/owners.md. A value that is a list is",
        "given with commas or as JSON. What the scanner makes of a list's mail is for operators:",
        "scanPolicy.quorum, .patience, .unscannable, .encrypted, .macros, .attachments, .spam;",
        "scanPolicy=site for the site's."
      },
      mixinStandardHelpOptions = true)
  void set(
      @Mixin Answer answer,
      @Parameters(index = "0", paramLabel = "LIST", description = LIST) String list,
      @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY=VALUE")
          Map<String, String> changes) {
    Set<String> named = changes.keySet().stream().map(ListsCommand::whole).collect(toSet());
    ObjectNode body = Api.object();
    take(changes, "name").forEach(value -> body.put("displayName", value));
    take(changes, "description").forEach(value -> body.put("description", value));
    if (!changes.isEmpty()) {
      JsonNode now = answer.api().get(Api.path("lists", list)).path("settings");
      body.set("settings", settings(now, changes));
    }
    answer.show(
        answer.api().patch(Api.path("lists", list), body),
        changed -> printNamed(answer, changed, named));
  }

  @Command(
      name = "rename",
      description = {
        "Gives a list another address. Members, archive and List-Id stay; mail to the old address",
        "is still taken for a time."
      },
      mixinStandardHelpOptions = true)
  void rename(
      @Mixin Answer answer,
      @Parameters(index = "0", paramLabel = "LIST", description = LIST) String list,
      @Parameters(index = "1", paramLabel = "ADDRESS", description = "The new one.") String address,
      @Option(
              names = "--former-days",
              description = "How long the old one is kept; 365 unless said.",
              defaultValue = "365")
          int formerDays) {
    act(
        answer,
        answer
            .api()
            .post(
                Api.path("lists", list, "rename"),
                Api.object().put("address", address).put("formerDays", formerDays)));
  }

  @Command(
      name = "retire",
      description = "Closes a list for good: no posts, no new members. Its archive stays.",
      mixinStandardHelpOptions = true)
  void retire(
      @Mixin Answer answer, @Parameters(paramLabel = "LIST", description = LIST) String list) {
    act(answer, answer.api().post(Api.path("lists", list, "retire")));
  }

  @Command(
      name = "reopen",
      description = "Opens a list that was retired.",
      mixinStandardHelpOptions = true)
  void reopen(
      @Mixin Answer answer, @Parameters(paramLabel = "LIST", description = LIST) String list) {
    act(answer, answer.api().post(Api.path("lists", list, "reopen")));
  }

  @Command(
      name = "withdraw",
      description = "Takes a list from the memberSources of another one.",
      mixinStandardHelpOptions = true)
  void withdraw(
      @Mixin Answer answer,
      @Parameters(index = "0", paramLabel = "LIST", description = LIST) String list,
      @Parameters(
              index = "1",
              paramLabel = "OTHER",
              description = "The list that gets members from it.")
          String other) {
    answer.show(
        answer.api().delete(Api.path("lists", list, "feeds", other)),
        other + " gets no members from " + list + " any more.");
  }

  @Command(
      name = "sources",
      description = {
        "Where members of a list come from (its memberSources), and how that stands. With",
        "--refresh a text on the web is fetched at once; with --accept it is taken also where",
        "far fewer addresses stand in it than before."
      },
      mixinStandardHelpOptions = true)
  void sources(
      @Mixin Answer answer,
      @Parameters(paramLabel = "LIST", description = LIST) String list,
      @Option(names = "--refresh", paramLabel = "URL", description = "Fetch it now.")
          @Nullable String refresh,
      @Option(names = "--accept", paramLabel = "URL", description = "Take it as it is.")
          @Nullable String accept) {
    if (refresh != null && accept != null) {
      throw new CliFailure("Give either --refresh or --accept.");
    }
    String url = accept == null ? refresh : accept;
    if (url != null) {
      act(
          answer,
          answer
              .api()
              .post(
                  Api.path("lists", list, "sources", "refresh")
                      + "?url="
                      + URLEncoder.encode(url, StandardCharsets.UTF_8)
                      + "&accept="
                      + (accept != null)));
      return;
    }
    JsonNode sources = answer.api().get(Api.path("lists", list)).path("sources");
    answer.show(
        sources,
        all -> {
          Facts facts = new Facts();
          all.forEach(source -> facts.add(source.path("source").asString(""), state(source)));
          facts.print(answer.out());
        });
  }

  private static String state(JsonNode source) {
    List<String> parts = new ArrayList<>();
    if (source.hasNonNull("addresses")) {
      parts.add("%,d addresses".formatted(source.path("addresses").asInt()));
    }
    if (source.hasNonNull("fetchedAt")) {
      parts.add("fetched " + source.path("fetchedAt").asString(""));
    }
    if (source.hasNonNull("smaller")) {
      parts.add("only %,d wait to be accepted".formatted(source.path("smaller").asInt()));
    }
    if (source.hasNonNull("fault")) {
      parts.add(
          source.path("fault").asString("")
              + (source.hasNonNull("faultSince")
                  ? " (since " + source.path("faultSince").asString("") + ")"
                  : ""));
    }
    return parts.isEmpty() ? "gives members" : String.join("; ", parts);
  }

  @Command(
      name = "moderator-password",
      description = {
        "Sets the password that an Approved field of a post is checked against. With --none there",
        "is none any more."
      },
      mixinStandardHelpOptions = true)
  void moderatorPassword(
      @Mixin Answer answer,
      @Parameters(paramLabel = "LIST", description = LIST) String list,
      @Option(
              names = "--password",
              arity = "0..1",
              interactive = true,
              description = "Asked for when no value is given.")
          char @Nullable [] password,
      @Option(names = "--none", description = "Take it away.") boolean none) {
    if (none == (password != null)) {
      throw new CliFailure("Give either --password or --none.");
    }
    String path = Api.path("lists", list, "moderator-password");
    act(
        answer,
        password == null
            ? answer.api().delete(path)
            : answer.api().put(path, Api.object().put("password", new String(password))));
  }

  @Command(
      name = "audit",
      description = "Who changed what of a list, newest first.",
      mixinStandardHelpOptions = true)
  void audit(
      @Mixin Answer answer, @Parameters(paramLabel = "LIST", description = LIST) String list) {
    AuditTable.show(answer, Api.path("lists", list, "audit"));
  }

  private static void act(Answer answer, JsonNode done) {
    answer.show(done, done.path("text").asString("Done."));
  }

  @Command(
      name = "delete",
      description = "Takes a list and its members away. Its archive stays.",
      mixinStandardHelpOptions = true)
  void delete(
      @Mixin Answer answer,
      @Parameters(paramLabel = "LIST", description = LIST) String list,
      @Option(names = "--yes", required = true, description = "Yes, I mean it.") boolean yes) {
    answer.show(answer.api().delete(Api.path("lists", list)), "Deleted " + list + ".");
  }

  private static List<String> take(Map<String, String> changes, String key) {
    String value = changes.remove(key);
    return value == null ? List.of() : List.of(value);
  }

  private static ObjectNode settings(JsonNode now, Map<String, String> texts) {
    try {
      return SettingsText.patch(now, texts);
    } catch (IllegalArgumentException e) {
      throw new CliFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private static void print(Answer answer, JsonNode list) {
    Facts facts =
        new Facts()
            .add("list", list.path("address"))
            .add("name", list.path("displayName"))
            .add("description", list.path("description"))
            .add("list id", list.path("id"))
            .add("members", list.path("members"));
    list.path("sources")
        .forEach(source -> {
          if (source.hasNonNull("fault") || source.hasNonNull("smaller")) {
            facts.add("source " + source.path("source").asString(""), state(source));
          }
        });
    list.path("feeds").forEach(fed -> facts.add("gives members to", fed));
    eachSetting(list, facts::add);
    facts.add("made", list.path("createdAt")).print(answer.out());
  }

  /** What was changed, as it is now. */
  private static void printNamed(Answer answer, JsonNode list, Set<String> named) {
    Facts facts = new Facts().add("list", list.path("address"));
    if (named.contains("name")) {
      facts.add("name", list.path("displayName"));
    }
    if (named.contains("description")) {
      facts.add("description", list.path("description"));
    }
    eachSetting(
        list,
        (key, value) -> {
          if (named.contains(whole(key))) {
            facts.add(key, value.isBlank() ? "empty" : value);
          }
        });
    facts.print(answer.out());
  }

  /** The setting that this is a part of, if it is one. */
  private static String whole(String key) {
    int dot = key.indexOf('.');
    return dot < 0 ? key : key.substring(0, dot);
  }

  private static void eachSetting(JsonNode list, BiConsumer<String, String> shown) {
    list.path("settings")
        .properties()
        .forEach(setting -> {
          if (setting.getValue().isObject()) {
            setting
                .getValue()
                .properties()
                .forEach(part ->
                    shown.accept(setting.getKey() + "." + part.getKey(), word(part.getValue())));
          } else {
            shown.accept(setting.getKey(), word(setting.getValue()));
          }
        });
  }

  private static String word(JsonNode value) {
    if (value.isArray()) {
      return value.toString();
    }
    String text = value.asString("");
    return ENUM.matcher(text).matches() ? text.toLowerCase(Locale.ROOT) : text;
  }
}
