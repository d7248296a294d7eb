package org.milena.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.milena.common.app.VariablesCheck;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.SettingsPatch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What can be set, measured or cited is described, and what is described exists. */
class DocumentedTest {
  private static final String METADATA = "META-INF/spring-configuration-metadata.json";
  private static final Path SETTINGS = Project.file("docs/settings.md");
  private static final Path METRICS = Project.file("docs/metrics.md");
  private static final Path ARCHITECTURE = Project.file("docs/architecture.md");
  private static final Path STANDARDS = Project.file("docs/standards.md");

  @Test
  void knowsTheSettingsOfAllServices() throws IOException {
    assertThat(settings().keySet())
        .as("settings of every service are on the class path")
        .anyMatch(key -> key.startsWith("milena.mail."))
        .anyMatch(key -> key.startsWith("milena.ingress."))
        .anyMatch(key -> key.startsWith("milena.scanner."))
        .anyMatch(key -> key.startsWith("milena.listexpander."))
        .anyMatch(key -> key.startsWith("milena.archive."))
        .anyMatch(key -> key.startsWith("milena.egress."));
  }

  @Test
  void describesEverySetting() throws IOException {
    assertThat(documentedSettings())
        .as("keys in docs/settings.md")
        .containsExactlyInAnyOrderElementsOf(settings().keySet());
  }

  @Test
  void saysTheDefaultOfEverySetting() throws IOException {
    String page = Project.read(SETTINGS);
    List<String> wrong = new ArrayList<>();
    settings()
        .forEach((key, standard) -> {
          if (!standard.isEmpty() && !page.contains("| `" + key + "` | `" + standard + "` |")) {
            wrong.add(key + " has the default " + standard);
          }
        });
    assertThat(wrong).as("defaults that docs/settings.md does not say").isEmpty();
  }

  /** By name and default; the defaults of actions and policies stand there in small letters. */
  @Test
  void describesEverySettingOfAList() {
    String page = Project.read(Project.file("docs/owners.md"));
    List<String> missing = new ArrayList<>();
    SettingsPatch.all(ListSettings.DISCUSSION)
        .changes()
        .properties()
        .forEach(setting -> {
          String row =
              "| `" + setting.getKey() + "` | `" + asDocumented(setting.getValue()) + "` |";
          if (!setting.getKey().equals("scanPolicy") && !page.contains(row)) {
            missing.add(row);
          }
        });
    assertThat(missing).as("rows that docs/owners.md lacks").isEmpty();
  }

  private static String asDocumented(JsonNode value) {
    if (value.isBoolean()) {
      return value.asBoolean() ? "yes" : "no";
    }
    if (value.isNull() || value.isArray()) {
      return "none";
    }
    String text = value.asString();
    return text.isEmpty()
        ? "empty"
        : text.matches("[A-Z_]{4,}") ? text.toLowerCase(Locale.ROOT) : text;
  }

  @Test
  void describesEveryVariable() {
    Set<String> read =
        Project.find(Project.production(), Pattern.compile("\\b(MILENA_[A-Z]+(?:_[A-Z]+)*)\\b"));
    assertThat(read).as("variables in the sources").contains("MILENA_DATA");
    assertThat(Project.find(List.of(SETTINGS), Pattern.compile("`(MILENA_[A-Z_]+)`")))
        .as("variables in docs/settings.md")
        .containsAll(read);
  }

  /** What no setting stands for must be named to the check, or the start warns of it. */
  @Test
  void knowsEveryVariableAtTheStart() throws IOException {
    Set<String> elsewhere = new TreeSet<>(VariablesCheck.ELSEWHERE);
    assertThat(elsewhere.remove("MILENA_CORPUS")).as("which tests read").isTrue();
    List<Path> sources =
        Project.production().stream()
            .filter(file -> !file.endsWith("VariablesCheck.java"))
            .toList();
    Set<String> read = Project.find(sources, Pattern.compile("\\b(MILENA_[A-Z]+(?:_[A-Z]+)*)\\b"));
    List<Path> settingFiles =
        sources.stream()
            .filter(file -> file.toString().matches(".*\\.(ya?ml|properties)"))
            .toList();
    read.removeAll(Project.find(settingFiles, Pattern.compile("\\$\\{(MILENA_[A-Z_]+)\\b")));
    settings()
        .keySet()
        .forEach(
            key -> read.remove(key.toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_')));
    assertThat(read).containsExactlyInAnyOrderElementsOf(elsewhere);
  }

  @Test
  void describesEveryMetric() {
    List<Path> measuring =
        Project.files(name -> name.contains("/src/main/") && name.endsWith(".java")).stream()
            .filter(file -> Project.read(file).contains("io.micrometer."))
            .toList();
    Set<String> measured =
        Project.find(measuring, Pattern.compile("\"(milena\\.[a-z]+(?:\\.[a-z]+)+)\""));
    assertThat(measured).as("metrics in the sources").contains("milena.stage.records");
    assertThat(cellsBeginning(METRICS, "milena."))
        .as("metrics in docs/metrics.md")
        .containsExactlyInAnyOrderElementsOf(measured);
  }

  @Test
  void describesEveryTopicAndRecordType() {
    String page = Project.read(ARCHITECTURE);
    String formats = Project.read(Project.file("docs/formats.md"));
    assertThat(Topics.ALL).allSatisfy(topic -> assertThat(page).contains("| `" + topic + "` |"));
    assertThat(RecordType.values())
        .allSatisfy(type -> assertThat(formats).contains("`" + type.label() + "`"));
  }

  @Test
  void listsEveryStandardThatTheCodeCites() {
    Set<String> cited =
        Project.find(Project.production(), Pattern.compile("\\bRFC[ \\n*]+([0-9]{3,5})\\b"));
    assertThat(cited).as("RFCs in the sources").contains("5321");
    Set<String> listed = new TreeSet<>();
    for (String row : Project.read(STANDARDS).split("\n", -1)) {
      if (row.startsWith("| ")) {
        Matcher number = Pattern.compile("[0-9]{3,5}").matcher(row.split("\\|", -1)[1]);
        while (number.find()) {
          listed.add(number.group());
        }
      }
    }
    assertThat(listed).as("RFCs in docs/standards.md").containsAll(cited);
  }

  private static Set<String> documentedSettings() {
    return cellsBeginning(SETTINGS, "milena.");
  }

  private static Set<String> cellsBeginning(Path page, String prefix) {
    return Project.firstCells(page).stream()
        .filter(cell -> cell.startsWith(prefix))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Our settings and their defaults as text; empty where there is none. */
  private static Map<String, String> settings() throws IOException {
    Map<String, String> settings = new TreeMap<>();
    ClassLoader loader = DocumentedTest.class.getClassLoader();
    for (URL url : Collections.list(loader.getResources(METADATA))) {
      try (InputStream in = url.openStream()) {
        for (JsonNode setting : JsonMapper.shared().readTree(in).path("properties")) {
          String key = setting.path("name").asString();
          if (key.startsWith("milena.")) {
            // a secret is a type of its own, which the processor takes for a group
            settings.put(key.replaceFirst("\\.value$", ""), text(setting.path("defaultValue")));
          }
        }
      }
    }
    return settings;
  }

  private static String text(JsonNode standard) {
    if (standard.isArray()) {
      List<String> values = new ArrayList<>();
      standard.forEach(value -> values.add(value.asString()));
      return String.join(", ", values);
    }
    // of a list the processor writes what the record's toString would
    return standard.isMissingNode() ? "" : standard.asString().replaceFirst("^\\[(.*)]$", "$1");
  }
}
