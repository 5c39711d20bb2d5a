/**
 * Largest request, attachments in base64 included.
 * https://learn.microsoft.com/azure/communication-services/concepts/service-limits#size-limits-for-email
 */
export const MAX_REQUEST_BYTES = 10 * 1024 * 1024;
