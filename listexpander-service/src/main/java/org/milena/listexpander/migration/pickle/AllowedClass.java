package org.milena.listexpander.migration.pickle;

import java.util.Arrays;
import java.util.Optional;

/** What a pickle may name. Only names: none of them is loaded, for there is no such class here. */
enum AllowedClass {
  SET("__builtin__", "set"),
  FROZEN_SET("__builtin__", "frozenset"),
  BOUNCE_INFO("Mailman.Bouncer", "_BounceInfo");

  private final String module;
  private final String name;

  AllowedClass(String module, String name) {
    this.module = module;
    this.name = name;
  }

  static Optional<AllowedClass> of(String module, String name) {
    return Arrays.stream(values())
        .filter(allowed -> allowed.module.equals(module) && allowed.name.equals(name))
        .findFirst();
  }

  /** With its module. */
  String fullName() {
    return module + '.' + name;
  }
}
