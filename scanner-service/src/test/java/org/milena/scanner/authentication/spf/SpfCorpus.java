package org.milena.scanner.authentication.spf;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.event.MailJson;
import org.milena.scanner.authentication.lookup.MapLookup;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.dns.TestZone;
import org.yaml.snakeyaml.Yaml;

/**
 * The test suite of openspf for RFC 7208. Its zones are those of its own driver: a policy under
 * type SPF counts as TXT where a name has no TXT, {@code TXT: NONE} prevents that, and {@code
 * TIMEOUT} holds for the types of which there is no record.
 */
record SpfCorpus(List<Scenario> scenarios) {

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Scenario(
      String description, Map<String, Case> tests, Map<String, List<Object>> zonedata) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Case(
      String helo, String host, String mailfrom, Object result, @Nullable String explanation) {

    /** What is allowed to come out. */
    Set<Result> expected() {
      Set<Result> all = new HashSet<>();
      for (Object one : result instanceof List<?> list ? list : List.of(result)) {
        all.add(Result.valueOf(one.toString().toUpperCase(Locale.ROOT)));
      }
      return all;
    }
  }

  /** A record of a zone, as text. */
  private record Entry(String name, String type, List<String> values) {
    String joined() {
      return String.join("", values);
    }
  }

  private static final String TIMEOUT = "TIMEOUT";

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Suite(List<Scenario> scenarios) {}

  static SpfCorpus read() {
    try {
      String json = Files.readString(Corpus.root().resolve("auth/spf/rfc7208-tests.json"));
      return new SpfCorpus(MailJson.read(json, Suite.class).scenarios());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The zone that pyspf's own examples stand on. It comes without expected results. */
  static MapLookup pyspfZone() {
    try {
      String yaml = Files.readString(Corpus.root().resolve("auth/spf/pyspf-doctest.yml"));
      Map<String, Map<String, List<Object>>> read = new Yaml().load(yaml);
      return inMemory(new Scenario("pyspf", Map.of(), read.getOrDefault("zonedata", Map.of())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static MapLookup inMemory(Scenario scenario) {
    var names = new MapLookup();
    for (Entry entry : entries(scenario)) {
      String value = entry.values().getLast();
      switch (entry.type()) {
        case "TXT" -> names.txt(entry.name(), entry.joined());
        case "A", "AAAA" -> names.address(entry.name(), value);
        case "MX" -> names.mx(entry.name(), value);
        case "PTR" -> names.ptrOf(entry.name(), value);
        case "CNAME" -> names.cname(entry.name(), value);
        case TIMEOUT -> names.trouble(entry.name(), entry.values().toArray(String[]::new));
        default -> throw new IllegalStateException(entry.toString());
      }
    }
    return names;
  }

  /**
   * @param silence what a timeout is made of
   */
  static TestZone onTheWire(Scenario scenario, Silence silence) {
    var zone = new TestZone();
    for (Entry entry : entries(scenario)) {
      String value = entry.values().getLast();
      switch (entry.type()) {
        case "TXT" ->
            zone.txtStrings(
                entry.name(), entry.values().stream().map(s -> s.getBytes(ISO_8859_1)).toList());
        case "A", "AAAA" -> zone.address(entry.name(), value);
        case "MX" -> zone.mx(entry.name(), Integer.parseInt(entry.values().getFirst()), value);
        case "PTR" -> zone.ptr(entry.name(), value);
        case "CNAME" -> zone.cname(entry.name(), value);
        case TIMEOUT -> silence.at(zone, entry.name(), entry.values().toArray(String[]::new));
        default -> throw new IllegalStateException(entry.toString());
      }
    }
    return zone;
  }

  @FunctionalInterface
  interface Silence {
    void at(TestZone zone, String name, String... types);
  }

  private static List<Entry> entries(Scenario scenario) {
    List<Entry> all = new ArrayList<>();
    scenario
        .zonedata()
        .forEach((name, records) -> {
          List<Entry> ofName = new ArrayList<>();
          boolean timeout = false;
          for (Object record : records) {
            if (record instanceof Map<?, ?> typed) {
              typed.forEach((type, value) -> ofName.add(entry(name, type.toString(), value)));
            } else {
              timeout |= TIMEOUT.equals(record);
            }
          }
          boolean text = ofName.stream().anyMatch(entry -> entry.type().equals("TXT"));
          Set<String> there = new HashSet<>();
          for (Entry entry : ofName) {
            if (entry.type().equals("SPF") && !text) {
              there.add("TXT");
              all.add(new Entry(name, "TXT", entry.values()));
            } else if (!entry.type().equals("SPF") && !entry.joined().equals("NONE")) {
              there.add(entry.type());
              all.add(entry);
            }
          }
          if (timeout) {
            List<String> silent = new ArrayList<>(List.of("TXT", "A", "AAAA", "MX", "PTR"));
            silent.removeAll(there);
            all.add(new Entry(name, TIMEOUT, silent));
          }
        });
    return all;
  }

  private static Entry entry(String name, String type, Object value) {
    List<String> values =
        value instanceof List<?> list
            ? list.stream().map(Object::toString).toList()
            : List.of(value.toString());
    return new Entry(name, type, values);
  }
}
