/** Tests of reading digest files. */
@org.jspecify.annotations.NullMarked
package dev.dromedary.sidecar;
