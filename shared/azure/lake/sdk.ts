/** Loads the SDK at its first use; types are taken from there too, since the package has two sets of them. */
export const loadSdk = () => import('@azure/storage-file-datalake');

export type ServiceClient = InstanceType<Awaited<ReturnType<typeof loadSdk>>['DataLakeServiceClient']>;
export type ContainerClient = ReturnType<ServiceClient['getFileSystemClient']>;
export type FileClient = ReturnType<ContainerClient['getFileClient']>;
