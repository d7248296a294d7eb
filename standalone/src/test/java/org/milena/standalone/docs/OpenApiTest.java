package org.milena.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.milena.standalone.docs.Routes.Route;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.ValueConstants;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** openapi.yaml says what the controllers do: the same routes, parameters, bodies and answers. */
class OpenApiTest {
  private static final List<Route> ROUTES = routes();

  private final JsonNode document = read();
  private final SchemaCheck schemas = new SchemaCheck(document);

  /** What is there with a slash at the end and without is one route. */
  private static List<Route> routes() {
    List<Route> all = Routes.below("/api/");
    Set<String> paths = all.stream().map(Route::path).collect(Collectors.toSet());
    return all.stream().filter(route -> !paths.contains(route.path() + "/")).toList();
  }

  @Test
  void describesEveryRouteAndNothingElse() {
    assertThat(ROUTES).as("routes of the controllers").hasSizeGreaterThan(40);
    Set<String> described = new TreeSet<>();
    eachOperation((name, _) -> described.add(name));
    assertThat(described)
        .containsExactlyInAnyOrderElementsOf(ROUTES.stream().map(Route::toString).toList());
  }

  @Test
  void namesTheParametersOfEveryRoute() {
    List<String> faults = new ArrayList<>();
    for (Route route : ROUTES) {
      Set<String> expected = new TreeSet<>();
      Pattern.compile("\\{(\\w+)}")
          .matcher(route.path())
          .results()
          .forEach(variable -> expected.add("path " + variable.group(1)));
      for (Parameter parameter : route.handler().getParameters()) {
        RequestParam query = parameter.getAnnotation(RequestParam.class);
        if (query != null) {
          expected.add(query(parameter, query));
        }
        if (parameter.isAnnotationPresent(ModelAttribute.class)) {
          expected.addAll(bound(parameter.getType()));
        }
        RequestHeader header = parameter.getAnnotation(RequestHeader.class);
        if (header != null) {
          expected.add("header " + header.name() + standard(header.defaultValue()));
        }
      }
      Set<String> described = new TreeSet<>();
      for (JsonNode parameter : operation(route).path("parameters")) {
        JsonNode standard = parameter.path("schema").path("default");
        described.add(
            parameter.path("in").asString()
                + " "
                + parameter.path("name").asString()
                + (standard.isMissingNode() ? "" : "=" + standard.asString()));
      }
      // where a path says it, the parameter that says it otherwise is not told
      expected.removeIf(one ->
          one.equals("query id")
              && !described.contains(one)
              && (described.contains("path key") || described.contains("path messageId")));
      if (!expected.equals(described)) {
        faults.add("%s has %s, described is %s".formatted(route, expected, described));
      }
    }
    assertThat(faults).isEmpty();
  }

  /** The parameters that a record is made of. */
  private static List<String> bound(Class<?> record) {
    return Stream.of(record.getDeclaredConstructors()[0].getParameters())
        .map(parameter -> {
          BindParam named = parameter.getAnnotation(BindParam.class);
          return "query " + (named == null ? parameter.getName() : named.value());
        })
        .toList();
  }

  private static String query(Parameter parameter, RequestParam query) {
    return "query "
        + (query.name().isEmpty() ? parameter.getName() : query.name())
        + standard(query.defaultValue());
  }

  private static String standard(String value) {
    return value.equals(ValueConstants.DEFAULT_NONE) || value.isEmpty() ? "" : "=" + value;
  }

  @Test
  void givesEveryBodyTheFieldsOfItsRecord() {
    List<String> faults = new ArrayList<>();
    for (Route route : ROUTES) {
      JsonNode described = operation(route).path("requestBody");
      JsonNode content = described.path("content");
      Set<String> types = new HashSet<>(content.propertyNames());
      boolean hasBody = false;
      for (Parameter parameter : route.handler().getParameters()) {
        RequestBody body = parameter.getAnnotation(RequestBody.class);
        if (body != null) {
          hasBody = true;
          if (body.required() != described.path("required").asBoolean()) {
            faults.add(route + ": whether it needs a body");
          }
          schemas.checkBody(
              ResolvableType.forType(parameter.getParameterizedType()),
              content.path("application/json").path("schema"),
              route + " takes",
              faults);
        }
      }
      Set<String> expected = hasBody ? Set.of("application/json") : route.consumes();
      if (!types.equals(expected)) {
        faults.add("%s takes %s, described is %s".formatted(route, expected, types));
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void givesEveryAnswerItsStatusAndTheFieldsOfItsRecord() {
    List<String> faults = new ArrayList<>();
    for (Route route : ROUTES) {
      ResolvableType type = ResolvableType.forMethodReturnType(route.handler());
      Class<?> raw = Objects.requireNonNull(type.resolve());
      String status = status(route);
      JsonNode answers = operation(route).path("responses");
      Set<String> good =
          answers.propertyNames().stream()
              .filter(code -> code.charAt(0) < '4')
              .collect(Collectors.toSet());
      if (Stream.of(route.handler().getParameterTypes())
          .anyMatch(HttpServletResponse.class::equals)) {
        // whoever writes the answer may also write a part of it, or that nothing changed
        good.removeAll(Set.of("206", "304"));
      }
      if (raw == ResponseEntity.class) {
        // its status is in the code; what it carries is bytes or nothing
        Class<?> carried = type.getGeneric(0).resolve();
        boolean bytes = carried == byte[].class || carried == Resource.class;
        if (bytes != good.equals(Set.of("200")) || good.size() != 1) {
          faults.add("%s answers %s".formatted(route, good));
        }
      } else if (!good.equals(Set.of(status))) {
        faults.add("%s answers %s, described is %s".formatted(route, status, good));
      } else if (raw != void.class) {
        schemas.checkAnswer(
            type,
            answers.path(status).path("content").path("application/json").path("schema"),
            route + " answers",
            faults);
      }
    }
    assertThat(faults).isEmpty();
  }

  private static String status(Route route) {
    ResponseStatus status =
        AnnotatedElementUtils.findMergedAnnotation(route.handler(), ResponseStatus.class);
    return status == null ? "200" : Integer.toString(status.code().value());
  }

  @Test
  void isWholeInItself() {
    String text = document.toString();
    Set<String> used =
        Pattern.compile("\"#(/components/[^\"]+)\"")
            .matcher(text)
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(used).allSatisfy(ref -> assertThat(document.at(ref).isMissingNode()).isFalse());
    Set<String> defined = new TreeSet<>();
    for (String kind : List.of("schemas", "responses")) {
      document
          .path("components")
          .path(kind)
          .propertyNames()
          .forEach(name -> defined.add("/components/" + kind + "/" + name));
    }
    assertThat(used).as("what is defined is used").containsAll(defined);
    TreeMap<String, Integer> ids = new TreeMap<>();
    eachOperation((name, operation) -> {
      ids.merge(operation.path("operationId").asString(), 1, Integer::sum);
      assertThat(operation.path("summary").asString()).as(name).isNotBlank();
    });
    assertThat(ids).doesNotContainKey("").allSatisfy((_, times) -> assertThat(times).isEqualTo(1));
  }

  @Test
  void saysWhatNeedsNoSignIn() {
    Set<String> open = new TreeSet<>();
    eachOperation((name, operation) -> {
      JsonNode security = operation.path("security");
      boolean anybody =
          security.isArray()
              && (security.isEmpty() || security.valueStream().anyMatch(JsonNode::isEmpty));
      if (anybody) {
        open.add(name);
      }
    });
    // as SecurityConfiguration has it, but for what the archive keeps for owners and accounts
    assertThat(open)
        .containsExactlyInAnyOrderElementsOf(
            ROUTES.stream()
                .map(Route::toString)
                .filter(route ->
                    (route.startsWith("GET /api/v1/archive/")
                            && !route.endsWith("/removals")
                            && !route.startsWith("GET /api/v1/archive/searches"))
                        || route.equals("GET /api/v1/lists/{list}/members")
                        || route.equals("POST /api/v1/lists/{list}/subscriptions")
                        || route.equals("GET /api/v1/openapi.yaml")
                        || !route.contains(" /api/v1/"))
                .toList());
  }

  private JsonNode operation(Route route) {
    return document.path("paths").path(route.path()).path(route.method().toLowerCase(Locale.ROOT));
  }

  private void eachOperation(BiConsumer<String, JsonNode> visitor) {
    document
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(verb ->
                    visitor.accept(
                        verb.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                        verb.getValue())));
  }

  private static JsonNode read() {
    try (InputStream in = new ClassPathResource("openapi.yaml").getInputStream()) {
      Object loaded = new Yaml().load(in);
      return JsonMapper.shared().valueToTree(loaded);
    } catch (IOException e) {
      throw new AssertionError("there is no openapi.yaml", e);
    }
  }
}
