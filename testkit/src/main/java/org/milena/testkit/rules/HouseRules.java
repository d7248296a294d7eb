package org.milena.testkit.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.ArchCondition.from;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * What a line of code may touch, room by room.
 *
 * <p>Think hard about the layering before changing this file. A module takes these rules in with
 * one test class:
 *
 * <pre>{@code
 * @AnalyzeClasses(packages = "org.milena.egress", importOptions = DoNotIncludeTests.class)
 * class ArchitectureTest {
 *   @ArchTest static final ArchTests house = ArchTests.in(HouseRules.class);
 * }
 * }</pre>
 *
 * <p>A rule that finds no class to judge passes, so that a module may lack a room.
 */
public final class HouseRules {

  /**
   * Packages named after one technology, each allowed to know that technology and no other. The
   * root is part of each pattern: a bare {@code ..net..} would also match {@code java.net}.
   */
  private static final String[] EDGES = {
    "org.milena..kafka..",
    "org.milena..elasticsearch..",
    "org.milena..web..",
    "org.milena..net..",
    "org.milena..dns..",
    "org.milena..file..",
    "org.milena..process..",
    "org.milena..clamav..",
    "org.milena..icap..",
    "org.milena..rspamd.."
  };

  /**
   * Packages that put the rooms together, and therefore know them all. The engines decide nothing
   * about mail: each is a server to be started, so they count as wiring as a whole.
   */
  private static final String[] WIRING = {
    "org.milena..app..", "org.milena.standalone..", "org.milena.engines.."
  };

  private static final String[] WIRING_AND_EDGES = join(WIRING, EDGES);

  private static final String[] SERVICES = {
    "org.milena.ingress..",
    "org.milena.scanner..",
    "org.milena.listexpander..",
    "org.milena.archive..",
    "org.milena.egress.."
  };

  /** Code that never runs in production and may touch anything. */
  private static final String[] TOOLS = {"org.milena.testkit..", "org.milena.benchmarks.."};

  @ArchTest
  static final ArchRule frameworksStayAtTheEdge =
      noClasses()
          .that()
          .resideOutsideOfPackages(join(WIRING_AND_EDGES, TOOLS))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "org.apache.hc..",
                      "org.springframework..",
                      "org.apache.kafka..",
                      "co.elastic..",
                      "org.elasticsearch..",
                      "jakarta.servlet..",
                      "java.net.http..",
                      "java.nio.channels..",
                      "javax.net..")
                  .or(belongToAnyOf(Socket.class, ServerSocket.class, DatagramSocket.class)))
          .because("a feature must be testable without a broker, a server or a socket")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule featuresDoNotKnowTheirEdges =
      noClasses()
          .that()
          .resideOutsideOfPackages(join(WIRING_AND_EDGES, TOOLS))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(WIRING_AND_EDGES)
          .because("a feature declares the port it needs, and an edge implements it")
          .allowEmptyShould(true);

  @ArchTest
  static void edgesDoNotKnowEachOther(JavaClasses imported) {
    for (String edge : EDGES) {
      String[] others =
          Stream.of(WIRING_AND_EDGES).filter(other -> !other.equals(edge)).toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(edge)
          .and()
          .resideOutsideOfPackages(join(WIRING, TOOLS))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .because("an edge knows one technology; only the wiring joins two")
          .allowEmptyShould(true)
          .check(imported);
    }
  }

  @ArchTest
  static void servicesDoNotKnowEachOther(JavaClasses imported) {
    for (String service : SERVICES) {
      String[] others =
          Stream.of(SERVICES).filter(other -> !other.equals(service)).toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(service)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .because("services meet in records on topics, and nowhere else")
          .allowEmptyShould(true)
          .check(imported);
    }
  }

  @ArchTest
  static final ArchRule dependenciesPointToCommon =
      noClasses()
          .that()
          .resideInAnyPackage("org.milena.common..", "org.milena.engines..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SERVICES)
          .because("common is what services share, so it cannot know one of them")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule nothingDependsOnTheTop =
      noClasses()
          .that()
          .resideOutsideOfPackages(join(TOOLS, "org.milena.standalone.."))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(join(TOOLS, "org.milena.standalone.."))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule standaloneTouchesOnlyConfigurations =
      noClasses()
          .that()
          .resideInAPackage("org.milena.standalone..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(SERVICES).and(not(simpleNameEndingWith("Configuration"))))
          .because("standalone is the same rooms in one process: an import list and nothing else")
          .allowEmptyShould(true);

  /** ICU is let in: the JDK's own IDN is IDNA2003, which makes another domain of some names. */
  @ArchTest
  static final ArchRule theLanguageOfMailIsPlain =
      classes()
          .that()
          .resideInAnyPackage(
              "org.milena.common.mail..",
              "org.milena.common.header..",
              "org.milena.common.status..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "com.ibm.icu..",
              "org.milena.common.mail..",
              "org.milena.common.header..",
              "org.milena.common.status..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("org.milena.(**)").should().beFreeOfCycles().allowEmptyShould(true);

  @ArchTest
  static final ArchRule outcomesAreSealed =
      classes()
          .that()
          .haveSimpleNameEndingWith("Outcome")
          .or()
          .haveSimpleNameEndingWith("Decision")
          .and()
          .areTopLevelClasses()
          .should(from(describe("be sealed", JavaClass::isSealed)))
          .because("a switch over an outcome must name every case, and no other")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule timeIsInjected =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.milena.benchmarks..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", long.class, int.class)
          .orShould()
          .callMethod(Thread.class, "sleep", Duration.class)
          .because("a test must be able to move the clock")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule threadsAreMadeAtTheEdge =
      noClasses()
          .that()
          .resideOutsideOfPackages(join(WIRING_AND_EDGES, TOOLS))
          .should()
          .dependOnClassesThat(
              belongToAnyOf(Executors.class, Thread.Builder.class).as("make executors or threads"))
          .orShould()
          .callMethod(Thread.class, "startVirtualThread", Runnable.class)
          .orShould()
          .callMethod(Thread.class, "ofVirtual")
          .orShould()
          .callMethod(Thread.class, "ofPlatform")
          .because("who starts a thread must also stop it")
          .allowEmptyShould(true);

  /** Without them a process can stand still for good at its start, on few cores. */
  @ArchTest
  static final ArchRule servicesStartWithEnoughCarriers =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.milena.common.app")
          .and()
          .doNotHaveFullyQualifiedName("org.milena.standalone.app.Running")
          .should()
          .dependOnClassesThat()
          .haveNameMatching("org\\.springframework\\.boot\\..*SpringApplication(Builder)?")
          .because("ServiceProcess, and standalone, prepare the carriers of virtual threads")
          .allowEmptyShould(true);

  /** Reverse look-ups count too: one slow name server has hung servers that only wanted to log. */
  @ArchTest
  static final ArchRule namesAreResolvedOnlyInDns =
      noClasses()
          .that()
          .resideOutsideOfPackages(join(TOOLS, "org.milena..dns.."))
          .should()
          .callMethod(InetAddress.class, "getByName", String.class)
          .orShould()
          .callMethod(InetAddress.class, "getAllByName", String.class)
          .orShould()
          .callMethod(InetAddress.class, "getHostName")
          .orShould()
          .callMethod(InetAddress.class, "getCanonicalHostName")
          .orShould()
          .callMethod(InetSocketAddress.class, "getHostName")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule noStandardStreams =
      noClasses()
          .that()
          .resideOutsideOfPackages(join(TOOLS, "org.milena.standalone.cli.."))
          .should(ACCESS_STANDARD_STREAMS)
          .because("only the command line speaks to the terminal; the rest logs")
          .allowEmptyShould(true);

  private static String[] join(String[] some, String... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }

  private HouseRules() {}
}
