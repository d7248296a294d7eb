package org.milena.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The manifests hang together, and set only what there is to set. No cluster is asked. */
class ManifestsTest {
  private static final String FOLDER = "deploy/kubernetes/";
  private static final JsonNode KUSTOMIZATION = documents("kustomization.yaml").getFirst();
  private static final JsonNode POD =
      documents("pod.yaml").getFirst().path("spec").path("template").path("spec");

  @Test
  void namesEveryFile() {
    Set<String> named = new TreeSet<>(texts(KUSTOMIZATION.path("resources")));
    KUSTOMIZATION.path("patches").forEach(patch -> named.add(patch.path("path").asString()));
    named.add("kustomization.yaml");
    assertThat(Project.files(name -> name.startsWith(FOLDER)))
        .extracting(file -> String.valueOf(file.getFileName()))
        .containsExactlyInAnyOrderElementsOf(named);
  }

  @Test
  void everyObjectHasKindAndName() {
    assertThat(resources().toList())
        .isNotEmpty()
        .allSatisfy(resource -> {
          assertThat(resource.path("apiVersion").asString()).isNotEmpty();
          assertThat(resource.path("kind").asString()).isNotEmpty();
          assertThat(resource.path("metadata").path("name").asString()).matches("[a-z-]+");
        });
    assertThat(resources().map(ManifestsTest::title).toList()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "smtp-ingress",
        "scanner-service",
        "listexpander-service",
        "archive-service",
        "relay-egress"
      })
  void runsEveryService(String name) {
    JsonNode set = one("StatefulSet", name).path("spec");
    JsonNode labels = set.path("template").path("metadata").path("labels");
    assertThat(set.path("selector").path("matchLabels")).isEqualTo(labels);
    assertThat(set.path("serviceName").asString()).isEqualTo(name);
    for (JsonNode beside :
        List.of(
            one("Service", name).path("spec").path("selector"),
            one("PodDisruptionBudget", name).path("spec").path("selector").path("matchLabels"))) {
      assertThat(beside).isEqualTo(labels);
    }

    JsonNode pod = set.path("template").path("spec");
    assertThat(pod.path("containers")).hasSize(1);
    JsonNode container = pod.path("containers").path(0);
    JsonNode common = POD.path("containers").path(0);
    assertThat(container.path("name"))
        .as("what pod.yaml is laid over")
        .isEqualTo(common.path("name"));
    assertThat(container.path("image").asString()).isEqualTo("milena/" + name);
    assertThat(values(KUSTOMIZATION.path("images"), "name")).contains("milena/" + name);
    assertThat(Project.read(Project.file("docker-compose.yml"))).contains("image: milena/" + name);

    List<String> ports = values(container.path("ports"), "name");
    for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
      assertThat(ports).contains(common.path(probe).path("httpGet").path("port").asString());
    }
    List<String> volumes = both(pod.path("volumes"), POD.path("volumes"), "name");
    assertThat(volumes)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            both(container.path("volumeMounts"), common.path("volumeMounts"), "name"));
    assertThat(both(container.path("env"), common.path("env"), "name")).doesNotHaveDuplicates();
  }

  @Test
  void leadsOnlyToServicesThatAreThere() {
    List<JsonNode> paths =
        one("Ingress", "web")
            .path("spec")
            .path("rules")
            .path(0)
            .path("http")
            .path("paths")
            .valueStream()
            .toList();
    assertThat(paths)
        .isNotEmpty()
        .allSatisfy(path -> {
          JsonNode backend = path.path("backend").path("service");
          JsonNode service = one("Service", backend.path("name").asString());
          assertThat(values(service.path("spec").path("ports"), "name"))
              .contains(backend.path("port").path("name").asString());
        });
    List<String> smtp = values(container("smtp-ingress").path("ports"), "name");
    assertThat(values(one("Service", "smtp").path("spec").path("ports"), "targetPort"))
        .isNotEmpty()
        .isSubsetOf(smtp);
  }

  @Test
  void readsOnlyMapsThatAreThere() {
    List<String> maps = new ArrayList<>();
    POD.path("containers")
        .path(0)
        .path("envFrom")
        .forEach(from -> maps.add(from.path("configMapRef").path("name").asString()));
    assertThat(maps).isNotEmpty().allSatisfy(map -> one("ConfigMap", map));
  }

  @Test
  void tellsWhichSecretsAreNeeded() {
    String page = Project.read(Project.file("docs/operations/containers.md"));
    Set<String> secrets = new TreeSet<>();
    Project.files(name -> name.startsWith(FOLDER)).stream()
        .map(Project::read)
        .forEach(text ->
            Pattern.compile("(?:secretName|secretKeyRef: \\{name): ([a-z-]+)")
                .matcher(text)
                .results()
                .forEach(found -> secrets.add(found.group(1))));
    assertThat(secrets)
        .hasSizeGreaterThan(2)
        .allSatisfy(secret ->
            assertThat(page).containsPattern("create secret (generic|tls) " + secret + " "));
  }

  @Test
  void setsOnlyWhatThereIsToSet() {
    Set<String> known = new TreeSet<>();
    for (String cell :
        Project.find(
            List.of(Project.file("docs/settings.md")), Pattern.compile("`(MILENA_[A-Z_]+)`"))) {
      known.add(cell);
    }
    for (String key : Project.firstCells(Project.file("docs/settings.md"))) {
      if (key.startsWith("milena.")) {
        known.add(key.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT));
      }
    }
    assertThat(known).contains("MILENA_KAFKA", "MILENA_INGRESS_LIMITS_MEMORY");

    Set<String> set = new TreeSet<>();
    resources()
        .filter(resource -> resource.path("kind").asString().equals("ConfigMap"))
        .forEach(map -> set.addAll(map.path("data").propertyNames()));
    set.addAll(values(POD.path("containers").path(0).path("env"), "name"));
    resources()
        .filter(resource -> resource.path("kind").asString().equals("StatefulSet"))
        .forEach(one -> set.addAll(values(container(name(one)).path("env"), "name")));
    Set<String> composed =
        Project.find(
            List.of(Project.file("docker-compose.yml")), Pattern.compile("\\n +(MILENA_[A-Z_]+):"));
    assertThat(composed).contains("MILENA_KAFKA");
    set.addAll(composed);
    assertThat(known).as("settings and variables in docs/settings.md").containsAll(set);
  }

  private static JsonNode container(String service) {
    return one("StatefulSet", service)
        .path("spec")
        .path("template")
        .path("spec")
        .path("containers")
        .path(0);
  }

  private static JsonNode one(String kind, String name) {
    List<JsonNode> found =
        resources().filter(resource -> title(resource).equals(kind + " " + name)).toList();
    assertThat(found).as(kind + " " + name).hasSize(1);
    return found.getFirst();
  }

  private static String title(JsonNode resource) {
    return resource.path("kind").asString() + " " + name(resource);
  }

  private static String name(JsonNode resource) {
    return resource.path("metadata").path("name").asString();
  }

  private static Stream<JsonNode> resources() {
    return texts(KUSTOMIZATION.path("resources")).stream()
        .flatMap(file -> documents(file).stream());
  }

  private static List<JsonNode> documents(String file) {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    List<JsonNode> documents = new ArrayList<>();
    new Yaml(new SafeConstructor(strict))
        .loadAll(Project.read(Project.file(FOLDER + file)))
        .forEach(document -> documents.add(JsonMapper.shared().valueToTree(document)));
    return documents;
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }

  private static List<String> values(JsonNode list, String field) {
    return list.valueStream().map(item -> item.path(field).asString()).toList();
  }

  private static List<String> both(JsonNode one, JsonNode other, String field) {
    List<String> all = new ArrayList<>(values(one, field));
    all.addAll(values(other, field));
    return all;
  }
}
