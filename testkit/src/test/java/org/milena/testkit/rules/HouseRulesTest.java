package org.milena.testkit.rules;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule is seen to fail on a planted breach, and all of them to let a sound house stand. */
class HouseRulesTest {

  /** Rule, the package that breaks it, and the class that the complaint must name. */
  static Stream<Arguments> breaches() {
    return Stream.of(
        arguments("frameworksStayAtTheEdge", "org.milena.planted.framework", "Sends"),
        arguments("frameworksStayAtTheEdge", "org.milena.planted.socket", "Dials"),
        arguments("featuresDoNotKnowTheirEdges", "org.milena.planted.edge", "Routes"),
        arguments("edgesDoNotKnowEachOther", "org.milena.planted.edges", "Reader"),
        arguments("edgesDoNotKnowEachOther", "org.milena.planted.wired", "View"),
        arguments("servicesDoNotKnowEachOther", "org.milena.scanner.planted", "Peeks"),
        arguments("dependenciesPointToCommon", "org.milena.common.planted", "Knows"),
        arguments("nothingDependsOnTheTop", "org.milena.planted.top", "Leans"),
        arguments("standaloneTouchesOnlyConfigurations", "org.milena.standalone.planted", "Deep"),
        arguments("theLanguageOfMailIsPlain", "org.milena.common.mail.planted", "Logs"),
        arguments("noCycles", "org.milena.planted.cycle", "Two"),
        arguments("outcomesAreSealed", "org.milena.planted.open", "RelayOutcome"),
        arguments("timeIsInjected", "org.milena.planted.clock", "Looks"),
        arguments("timeIsInjected", "org.milena.planted.sleep", "Sleeps"),
        arguments("threadsAreMadeAtTheEdge", "org.milena.planted.thread", "Starts"),
        arguments("servicesStartWithEnoughCarriers", "org.milena.planted.start", "Begins"),
        arguments("namesAreResolvedOnlyInDns", "org.milena.planted.name", "Resolves"),
        arguments("noStandardStreams", "org.milena.planted.stream", "Prints"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("breaches")
  void aBreachIsFound(String rule, String breach, String culprit) {
    assertThatThrownBy(() -> rule(rule).accept(imported(breach)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(culprit);
  }

  @ParameterizedTest
  @MethodSource("names")
  void aSoundHouseStands(String rule) {
    JavaClasses sound =
        new ClassFileImporter()
            .importPackages("org.milena.planted.sound", "org.milena.standalone.planted.sound");
    assertThatCode(() -> rule(rule).accept(sound)).doesNotThrowAnyException();
  }

  @Test
  void everyRuleHasABreachToFind() {
    TreeSet<String> broken = new TreeSet<>();
    breaches().forEach(breach -> broken.add((String) breach.get()[0]));
    Assertions.assertThat(broken).containsExactlyInAnyOrderElementsOf(names());
  }

  static List<String> names() {
    return new ArrayList<>(rules().keySet());
  }

  private static Consumer<JavaClasses> rule(String name) {
    Consumer<JavaClasses> rule = rules().get(name);
    if (rule == null) {
      throw new IllegalArgumentException("no rule is called " + name);
    }
    return rule;
  }

  private static Map<String, Consumer<JavaClasses>> rules() {
    Map<String, Consumer<JavaClasses>> rules = new LinkedHashMap<>();
    for (Field field : HouseRules.class.getDeclaredFields()) {
      if (field.isAnnotationPresent(ArchTest.class)) {
        rules.put(field.getName(), classes -> read(field).check(classes));
      }
    }
    for (Method method : HouseRules.class.getDeclaredMethods()) {
      if (method.isAnnotationPresent(ArchTest.class)) {
        rules.put(method.getName(), classes -> call(method, classes));
      }
    }
    return rules;
  }

  private static ArchRule read(Field field) {
    try {
      return (ArchRule) field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void call(Method method, JavaClasses classes) {
    try {
      method.invoke(null, classes);
    } catch (ReflectiveOperationException e) {
      if (e.getCause() instanceof AssertionError breach) {
        throw breach;
      }
      throw new IllegalStateException(e);
    }
  }

  private static JavaClasses imported(String packageName) {
    return new ClassFileImporter().importPackages(packageName);
  }
}
