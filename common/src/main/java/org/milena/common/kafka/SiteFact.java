package org.milena.common.kafka;

/** Something the instances of a site must agree on. */
record SiteFact(String value) {}
