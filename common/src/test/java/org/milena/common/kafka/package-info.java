@NullMarked
package org.milena.common.kafka;

import org.jspecify.annotations.NullMarked;
