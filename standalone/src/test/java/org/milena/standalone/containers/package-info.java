/**
 * Milena in containers: the images we build, the ones they run with, and {@code
 * docker-compose.yml}. Tagged {@code docker}; where they are asked for and Docker is not there,
 * they fail.
 */
@NullMarked
package org.milena.standalone.containers;

import org.jspecify.annotations.NullMarked;
