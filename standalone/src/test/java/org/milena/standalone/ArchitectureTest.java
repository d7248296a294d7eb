package org.milena.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import org.milena.common.app.Carriers;
import org.milena.standalone.app.Standalone;
import org.milena.testkit.rules.HouseRules;

@AnalyzeClasses(packages = "org.milena.standalone", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest static final ArchTests house = ArchTests.in(HouseRules.class);

  /** Who starts services in this process does what {@code ServiceProcess} does. */
  @ArchTest
  static final ArchRule carriersAreReady =
      classes()
          .that()
          .areAssignableTo(Standalone.class)
          .should()
          .callMethod(Carriers.class, "prepare");
}
