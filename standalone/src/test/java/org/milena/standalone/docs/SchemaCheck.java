package org.milena.standalone.docs;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.DeliveryId;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.ReversePath;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.SettingsPatch;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.JsonNode;

/** Compares what a schema says with the Java type that is written or read. */
final class SchemaCheck {
  /** Types that are no records in JSON, and what they are there. */
  private static final Map<Class<?>, String> SIMPLE =
      Map.ofEntries(
          Map.entry(String.class, "string"),
          Map.entry(java.time.Instant.class, "string"),
          Map.entry(java.time.LocalDate.class, "string"),
          Map.entry(java.time.ZoneId.class, "string"),
          Map.entry(java.time.YearMonth.class, "string"),
          Map.entry(java.time.Duration.class, "string"),
          Map.entry(MailAddress.class, "string"),
          Map.entry(ListId.class, "string"),
          Map.entry(MailId.class, "string"),
          Map.entry(ReversePath.class, "string"),
          Map.entry(DeliveryId.class, "string"),
          Map.entry(int.class, "integer"),
          Map.entry(Integer.class, "integer"),
          Map.entry(long.class, "integer"),
          Map.entry(Long.class, "integer"),
          Map.entry(double.class, "number"),
          Map.entry(Double.class, "number"),
          Map.entry(boolean.class, "boolean"),
          Map.entry(Boolean.class, "boolean"));

  private final JsonNode document;
  private final Set<String> done = new HashSet<>();

  SchemaCheck(JsonNode document) {
    this.document = document;
  }

  /** What is read: a field that may be missing need not be allowed to be null. */
  void checkBody(ResolvableType type, JsonNode schema, String where, List<String> faults) {
    check(type, schema, where, faults, false);
  }

  /** What is written: a field may be null where the record says so, and nowhere else. */
  void checkAnswer(ResolvableType type, JsonNode schema, String where, List<String> faults) {
    check(type, schema, where, faults, true);
  }

  private void check(
      ResolvableType type, JsonNode given, String where, List<String> faults, boolean answer) {
    JsonNode schema = resolved(given);
    Class<?> raw = Objects.requireNonNull(type.resolve(), where);
    String simple = SIMPLE.get(raw);
    if (simple != null) {
      expect(types(schema).contains(simple), where + " should be " + simple, faults);
    } else if (raw.isEnum()) {
      Set<String> names =
          Arrays.stream(raw.getEnumConstants()).map(Object::toString).collect(Collectors.toSet());
      Set<String> described =
          schema.path("enum").valueStream().map(JsonNode::asString).collect(Collectors.toSet());
      expect(names.equals(described), where + " is one of " + names, faults);
    } else if (Collection.class.isAssignableFrom(raw)) {
      expect(types(schema).contains("array"), where + " should be an array", faults);
      check(type.as(Collection.class).getGeneric(0), schema.path("items"), where, faults, answer);
    } else if (Map.class.isAssignableFrom(raw)) {
      expect(types(schema).contains("object"), where + " should be an object", faults);
      check(
          type.as(Map.class).getGeneric(1),
          schema.path("additionalProperties"),
          where,
          faults,
          answer);
    } else if (raw == SettingsPatch.class) {
      // by name, any of the settings
      check(ResolvableType.forClass(ListSettings.class), given, where, faults, false);
    } else if (raw.isRecord()) {
      if (done.add(type + " " + given + answer)) {
        record(type, raw, schema, where + " " + raw.getSimpleName(), faults, answer);
      }
    } else if (raw.isAnnotationPresent(JsonSubTypes.class)) {
      cases(raw, schema, where, faults, answer);
    } else {
      faults.add(where + " is of a type this test does not know: " + type);
    }
  }

  private void record(
      ResolvableType type,
      Class<?> raw,
      JsonNode schema,
      String where,
      List<String> faults,
      boolean answer) {
    Set<String> fields = new LinkedHashSet<>();
    discriminator(raw).forEach(fields::add);
    fields(type, raw, schema, where, fields, faults, answer, true);
    Set<String> described = new LinkedHashSet<>(schema.path("properties").propertyNames());
    expect(
        described.equals(fields),
        "%s has %s, described is %s".formatted(where, fields, described),
        faults);
  }

  private void fields(
      ResolvableType type,
      Class<?> raw,
      JsonNode schema,
      String where,
      Set<String> fields,
      List<String> faults,
      boolean answer,
      boolean always) {
    JsonNode properties = schema.path("properties");
    for (RecordComponent component : raw.getRecordComponents()) {
      if (component.getAccessor().isAnnotationPresent(JsonIgnore.class)) {
        continue; // no JSON has it
      }
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        ResolvableType part = ResolvableType.forType(component.getGenericType(), type);
        // where it is null, none of its fields is there
        boolean there = always && !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        fields(part, component.getType(), schema, where, fields, faults, answer, there);
        continue;
      }
      String name = name(component);
      String at = where + "." + name;
      fields.add(name);
      JsonNode property = properties.path(name);
      check(ResolvableType.forType(component.getGenericType(), type), property, at, faults, answer);
      boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      if (answer && isLeftOut(component)) {
        expect(!isNullable(property), at + " is never null, but absent", faults);
        expect(!contains(schema.path("required"), name), at + " is not always there", faults);
      } else if (answer) {
        expect(nullable == isNullable(property), at + ": whether it may be null", faults);
        expect(
            contains(schema.path("required"), name) == always,
            at + (always ? " is always there" : " is not always there"),
            faults);
      }
    }
  }

  /** As it is in JSON: names of others may hold what no name in Java can. */
  static String name(RecordComponent component) {
    JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
    return named == null || named.value().isEmpty() ? component.getName() : named.value();
  }

  /** Whether a field is not written when there is nothing to say. */
  private static boolean isLeftOut(RecordComponent component) {
    JsonInclude own = component.getAccessor().getAnnotation(JsonInclude.class);
    JsonInclude include =
        own == null ? component.getDeclaringRecord().getAnnotation(JsonInclude.class) : own;
    return include != null
        && include.value() == JsonInclude.Include.NON_NULL
        && component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private void cases(
      Class<?> sealed, JsonNode schema, String where, List<String> faults, boolean answer) {
    JsonSubTypes all = Objects.requireNonNull(sealed.getAnnotation(JsonSubTypes.class));
    JsonNode described = schema.path("oneOf");
    expect(described.size() == all.value().length, where + " has all cases", faults);
    for (JsonSubTypes.Type one : all.value()) {
      JsonNode its =
          described
              .valueStream()
              .filter(candidate ->
                  resolved(candidate)
                      .at("/properties/outcome/const")
                      .asString("")
                      .equals(one.name()))
              .findFirst()
              .orElse(described);
      check(ResolvableType.forClass(one.value()), its, where, faults, answer);
    }
  }

  /** The field that tells the cases of a sealed type apart, where the record is such a case. */
  private static Stream<String> discriminator(Class<?> record) {
    return Arrays.stream(record.getInterfaces())
        .map(type -> type.getAnnotation(JsonTypeInfo.class))
        .filter(Objects::nonNull)
        .map(JsonTypeInfo::property);
  }

  private JsonNode resolved(JsonNode schema) {
    String ref = schema.path("$ref").asString("");
    if (!ref.isEmpty()) {
      return document.at(ref.substring(1));
    }
    // a reference that may be null
    JsonNode cases = schema.path("oneOf");
    return cases.size() == 2 && isNull(cases.get(1)) ? resolved(cases.get(0)) : schema;
  }

  private static boolean isNullable(JsonNode schema) {
    JsonNode cases = schema.path("oneOf");
    return contains(schema.path("type"), "null") || (cases.size() == 2 && isNull(cases.get(1)));
  }

  private static boolean isNull(JsonNode schema) {
    return schema.path("type").asString("").equals("null");
  }

  private static boolean contains(JsonNode array, String text) {
    return array.valueStream().anyMatch(item -> item.asString("").equals(text));
  }

  private static Set<String> types(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray()
        ? type.valueStream().map(JsonNode::asString).collect(Collectors.toSet())
        : Set.of(type.asString(""));
  }

  private static void expect(boolean holds, String sentence, List<String> faults) {
    if (!holds) {
      faults.add(sentence);
    }
  }
}
