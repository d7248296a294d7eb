/**
 * The wiring that every service shares: settings of the site, the beans over Kafka and the
 * directory, sign-in and security.
 *
 * <p>It may know every other room of this module; no other room may know it.
 */
@NullMarked
package org.milena.common.app;

import org.jspecify.annotations.NullMarked;
