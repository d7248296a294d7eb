package org.milena.testkit.rules;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;

/** Common cannot use the testkit in its own tests, so it is judged here. */
@AnalyzeClasses(packages = "org.milena.common", importOptions = DoNotIncludeTests.class)
class CommonArchitectureTest {
  @ArchTest static final ArchTests house = ArchTests.in(HouseRules.class);
}
