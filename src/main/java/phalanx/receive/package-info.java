/**
 * Finished captures that other machines send: a small HTTP server which takes {@code POST /captures} into a folder.
 *
 * <p>Reading order: {@link phalanx.receive.ReceiveServer}, {@link phalanx.receive.ReceiveLimits}, {@link phalanx.receive.UploadHandler},
 * {@link phalanx.receive.Inbox}. Every byte that comes is doubted; what is in the folder under a name without a dot in front is a whole
 * capture.
 */
@NullMarked
package phalanx.receive;

import org.jspecify.annotations.NullMarked;
