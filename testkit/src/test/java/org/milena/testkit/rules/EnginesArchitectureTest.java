package org.milena.testkit.rules;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;

/** The testkit is built on the engines, so they are judged here. */
@AnalyzeClasses(packages = "org.milena.engines", importOptions = DoNotIncludeTests.class)
class EnginesArchitectureTest {
  @ArchTest static final ArchTests house = ArchTests.in(HouseRules.class);
}
